using System.Diagnostics;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>Readers of an account while somebody downloads a large attachment from it.</summary>
internal static class Beside
{
    private const int Readers = 32;
    private const int Megabytes = 100;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(6);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        var user = stand.Mail.NewUser("beside");
        await stand.Mail.DeliverAsync(user, LargeMail.Attached(Megabytes), ct);
        for (var i = 0; i < 60; i++) { await stand.Mail.DeliverAsync(user, $"Subject: Mail {i}\r\n\r\nText {i}\r\n", ct); }

        var account = await stand.AddAccountAsync(user, ct);
        var large = $"/v1/accounts/{account.Id}/messages/{(await LargeMail.IdsAsync(stand, account, ct))[^1]}/attachments/2";
        await ReadAsync(stand, account, TimeSpan.FromSeconds(2), ct); // compiled and watched
        var alone = await ReadAsync(stand, account, Span, ct);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var downloads = 0;
        var downloading = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await LargeMail.DownloadAsync(stand, large, ct);
                downloads++;
            }
        }, ct);
        var beside = await ReadAsync(stand, account, Span, ct);
        await end.CancelAsync();
        await downloading;
        var ratio = beside.P99 / alone.P99;
        return
        [
            new($"Lists by {Readers} readers while one downloads {Megabytes} MB from the same account, p99", FormattableString.Invariant($"{beside.P99:0.0} ms"),
                FormattableString.Invariant($"{alone.P99:0.0} ms without; {downloads} downloads meanwhile"), Stand.Times(ratio), "≤ 3.00 ×", ratio <= 3),
        ];
    }

    private static async Task<Samples> ReadAsync(Stand stand, BenchAccount account, TimeSpan span, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var taken = await Task.WhenAll(Enumerable.Range(0, Readers).Select(async _ =>
        {
            var own = new Samples();
            while (Stopwatch.GetElapsedTime(start) < span) { await own.TakeAsync(() => stand.GetAsync(account.List("INBOX"), ct)); }

            return own;
        }));
        return Samples.Of(taken);
    }
}
