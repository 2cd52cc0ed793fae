namespace Gateway.Benchmarks.Scenarios;

/// <summary>Clients that go away before the answer comes.</summary>
internal static class Aborts
{
    private const int Requests = 1000;
    private const int AtOnce = 50;
    private const int SessionBudget = 4; // Gateway:Imap:MaxSessionsPerAccount

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        var account = await stand.AddAccountAsync(Seeding.Big, ct);
        var before = await stand.LoginsAsync(account.Email, ct);
        var (moment, aborted) = (new Random(1), 0);
        using var gate = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(Enumerable.Range(0, Requests).Select(async n =>
        {
            var patience = moment.NextDouble() * 12; // some never leave the queue, some die in mid-command
            await gate.WaitAsync(ct);
            try
            {
                using var leaves = new CancellationTokenSource(TimeSpan.FromMilliseconds(patience));
                await stand.GetAsync(account.List(n % 2 == 0 ? "INBOX" : "Archive", n), leaves.Token);
            }
            catch (OperationCanceledException) { Interlocked.Increment(ref aborted); }
            finally { gate.Release(); }
        }));

        await stand.GetAsync(account.List("INBOX"), ct);
        await Task.Delay(TimeSpan.FromSeconds(1), ct); // Dovecot writes its log in its own time
        var logins = await stand.LoginsAsync(account.Email, ct) - before;
        return [new($"IMAP logins caused by {Requests} list requests, {aborted} of them aborted", $"{logins}", "", "", $"≤ {SessionBudget}", logins <= SessionBudget)];
    }
}
