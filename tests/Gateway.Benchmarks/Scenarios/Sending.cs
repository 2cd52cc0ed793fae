using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Gateway.Benchmarks.Raw;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>Submissions from the POST to the server's 250.</summary>
internal static class Sending
{
    private const int Accounts = 4;
    private const int MailsEach = 100;
    private const int WarmUp = 5;
    private const string Recipient = "sink@example.test";
    private static readonly string Text = string.Concat(Enumerable.Repeat("Sixty-two characters of text, and a line break after them ...\r\n", 64));

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        var accounts = new List<BenchAccount>();
        for (var n = 0; n < Accounts; n++) { accounts.Add(await stand.AddAccountAsync(stand.Mail.NewUser("sender"), ct)); }

        var sent = new Countdown();
        await using var hub = await Hub.OpenAsync(stand, accounts, (type, data) =>
        {
            if (type == "submission.state" && data.GetProperty("state").GetString() == "sent") { sent.Signal(); }
        }, ct);

        await ThroughGatewayAsync(stand, accounts, sent, WarmUp, ct);
        var ours = await ThroughGatewayAsync(stand, accounts, sent, MailsEach, ct);
        var raw = await RawAsync(stand, accounts, ct);
        return [new($"Mails a second, {Accounts} accounts, 4 KB", $"{ours:0}/s", $"raw {raw:0}/s", Stand.Times(ours / raw), "≥ 0.60 × raw", ours >= .6 * raw)];
    }

    private static async Task<double> ThroughGatewayAsync(Stand stand, List<BenchAccount> accounts, Countdown sent, int each, CancellationToken ct)
    {
        var all = sent.Expect(accounts.Count * each);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(accounts.Select(async account =>
        {
            for (var n = 0; n < each; n++)
            {
                var mail = new { to = new[] { new { address = Recipient } }, subject = "Benchmark", text = Text, saveToSent = false };
                using var answer = await stand.Http.PostAsJsonAsync($"/v1/accounts/{account.Id}/submissions", mail, ct);
                if (!answer.IsSuccessStatusCode) { throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(ct)); }
            }
        }));
        await all.WaitAsync(TimeSpan.FromMinutes(2), ct);
        return accounts.Count * each / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> RawAsync(Stand stand, List<BenchAccount> accounts, CancellationToken ct)
    {
        var sessions = await Task.WhenAll(accounts.Select(a => RawSmtp.OpenAsync(stand.Mail, a.Email, ct)));
        var mail = Encoding.ASCII.GetBytes($"From: a@example.test\r\nTo: {Recipient}\r\nSubject: Benchmark\r\n\r\n{Text}");
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(sessions.Select(async (session, n) =>
        {
            for (var sent = 0; sent < MailsEach; sent++) { await session.SendAsync(accounts[n].Email, Recipient, mail, ct); }
        }));
        var rate = accounts.Count * MailsEach / Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var session in sessions) { await session.DisposeAsync(); }

        return rate;
    }
}
