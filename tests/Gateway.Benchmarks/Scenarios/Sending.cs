using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Gateway.Benchmarks.Raw;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>Mails to the server's 250: by the engine's pool, through the durable outbox from the POST on, and from a queue that was accepted before.</summary>
internal static class Sending
{
    private const int Mails = 200; // a round
    private const int Rounds = 5;
    private const int WarmUp = 2000; // until the hot code is compiled for good, as in a server in service
    private const string Recipient = "sink@discard.test"; // not delivered: what is measured is the way to the server's 250
    private static readonly string Text = string.Concat(Enumerable.Repeat("Sixty-two characters of text, and a line break after them ...\r\n", 64));

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct) =>
        [.. await CompareAsync(stand, 1, ct), .. await CompareAsync(stand, 4, ct)];

    private static async Task<IReadOnlyList<Figure>> CompareAsync(Stand stand, int senders, CancellationToken ct)
    {
        var accounts = new List<BenchAccount>();
        for (var n = 0; n < senders; n++) { accounts.Add(await stand.AddAccountAsync(stand.Mail.NewUser("sender"), ct)); }

        var sent = new Countdown();
        await using var hub = await Hub.OpenAsync(stand, accounts, (type, data) =>
        {
            if (type == "submission.state" && data.GetProperty("state").GetString() == "sent") { sent.Signal(); }
        }, ct);
        await using var pool = new PooledSmtp(stand.Mail, accounts);
        var sessions = await Task.WhenAll(accounts.Select(a => RawSmtp.OpenAsync(stand.Mail, a.Email, ct)));

        await ThroughPoolAsync(pool, accounts, WarmUp / senders, ct);
        await ThroughGatewayAsync(stand, accounts, sent, WarmUp / senders, ct);
        var (raw, pooled, whole, drained) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round < Rounds; round++) // in turn, so that what the machine does besides meets all of them
        {
            raw += await RawAsync(sessions, accounts, ct);
            pooled += await ThroughPoolAsync(pool, accounts, Mails / senders, ct);
            whole += await ThroughGatewayAsync(stand, accounts, sent, Mails / senders, ct);
            drained += await DrainAsync(stand, accounts, sent, Mails / senders, ct);
        }

        foreach (var session in sessions) { await session.DisposeAsync(); }

        var from = $"from {senders} account{(senders == 1 ? "" : "s")}";
        return
        [
            Compare($"Mails a second of 4 KB, {from}: the SMTP pool", pooled, raw) with { Target = "≥ 0.60 × raw", Met = raw / pooled >= .6 },
            Compare($"Mails a second of 4 KB, {from}: from POST to 250, through the durable outbox", whole, raw),
            Compare($"Mails a second of 4 KB, {from}: an accepted queue, drained", drained, raw) with { Target = "≥ 0.70 × raw", Met = raw / drained >= .7 },
        ];
    }

    private static async Task<TimeSpan> ThroughGatewayAsync(Stand stand, List<BenchAccount> accounts, Countdown sent, int each, CancellationToken ct)
    {
        var all = sent.Expect(accounts.Count * each);
        var start = Stopwatch.GetTimestamp();
        await SubmitAsync(stand, accounts, each, ct);
        await all.WaitAsync(TimeSpan.FromMinutes(2), ct);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>What waits for its pace, from the moment on at which it may go, with no POST beside it.</summary>
    private static async Task<TimeSpan> DrainAsync(Stand stand, List<BenchAccount> accounts, Countdown sent, int each, CancellationToken ct)
    {
        var all = sent.Expect(accounts.Count * each);
        await PaceAsync(stand, accounts, new { perMinute = 1 }, ct); // which the round before has used up
        await SubmitAsync(stand, accounts, each, ct);
        var start = Stopwatch.GetTimestamp();
        await PaceAsync(stand, accounts, new { }, ct);
        await all.WaitAsync(TimeSpan.FromMinutes(2), ct);
        return Stopwatch.GetElapsedTime(start);
    }

    private static Task SubmitAsync(Stand stand, List<BenchAccount> accounts, int each, CancellationToken ct) => EachAsync(accounts, each, async account =>
    {
        var mail = new { to = new[] { new { address = Recipient } }, subject = "Benchmark", text = Text, saveToSent = false };
        using var answer = await stand.Http.PostAsJsonAsync($"/v1/accounts/{account.Id}/submissions", mail, ct);
        if (!answer.IsSuccessStatusCode) { throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(ct)); }
    });

    private static async Task PaceAsync(Stand stand, List<BenchAccount> accounts, object limits, CancellationToken ct)
    {
        foreach (var account in accounts)
        {
            using var answer = await stand.Http.PutAsJsonAsync($"/v1/accounts/{account.Id}/pacing", limits, ct);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<TimeSpan> ThroughPoolAsync(PooledSmtp pool, List<BenchAccount> accounts, int each, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        await EachAsync(accounts, each, account => pool.SendAsync(account, Recipient, Text, ct));
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<TimeSpan> RawAsync(RawSmtp[] sessions, List<BenchAccount> accounts, CancellationToken ct)
    {
        var mail = Encoding.ASCII.GetBytes($"From: a@example.test\r\nTo: {Recipient}\r\nSubject: Benchmark\r\n\r\n{Text}");
        var start = Stopwatch.GetTimestamp();
        await EachAsync(accounts, Mails / sessions.Length, account => sessions[accounts.IndexOf(account)].SendAsync(account.Email, Recipient, mail, ct));
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>One after the other for an account, the accounts side by side.</summary>
    private static Task EachAsync(List<BenchAccount> accounts, int each, Func<BenchAccount, Task> send) => Task.WhenAll(accounts.Select(async account =>
    {
        for (var n = 0; n < each; n++) { await send(account); }
    }));

    private static Figure Compare(string what, TimeSpan ours, TimeSpan raw)
    {
        const double all = Rounds * Mails;
        return new(what, $"{all / ours.TotalSeconds:0}/s", $"raw {all / raw.TotalSeconds:0}/s, a session each", Stand.Times(raw / ours), "", true);
    }
}
