using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Gateway.Benchmarks.Raw;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>How much later than a client that idles each kind of subscriber hears of new mail, with many accounts watched.</summary>
internal static class Lag
{
    private const int Accounts = 100;
    private const int WarmUp = 50;
    private const int Mails = 300;
    private const int Raw = 0;
    private static readonly string[] Readers = ["raw IDLE", "SignalR", "SSE", "webhook"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Sighting? now = null;
        var (expected, to) = ("", -1);
        var (accounts, idling) = (new BenchAccount[Accounts], new RawImap[Accounts]);
        await Parallel.ForAsync(0, Accounts, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (at, ct) =>
        {
            accounts[at] = await stand.AddAccountAsync(stand.Mail.NewUser("lag"), ct);
            idling[at] = await RawImap.OpenAsync(stand.Mail, accounts[at].Email, ct);
            await idling[at].CommandAsync("SELECT INBOX", ct);
            _ = idling[at].IdleAsync(() => { if (Volatile.Read(ref to) == at) { now?.See(Raw); } }, ends.Token);
        });

        void See(int reader, JsonElement message)
        {
            if (message.GetProperty("subject").GetString() == Volatile.Read(ref expected)) { now?.See(reader); }
        }

        using var hook = await HookListener.OpenAsync(stand, message => See(3, message), ct);
        await using var hub = await Hub.OpenAsync(stand, accounts, (type, message) => { if (type == "message.created") { See(1, message); } }, ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        using var stream = await stand.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        _ = FollowAsync(stream, message => See(2, message), ends.Token);

        // Each account in its turn: Dovecot tells what comes within half a second of the last one at another pace.
        var order = Enumerable.Range(0, Accounts).ToArray();
        new Random(1).Shuffle(order);
        var (raws, later) = (new Samples(), Readers.Select(_ => new Samples()).ToArray());
        for (var mail = -WarmUp; mail < Mails; mail++)
        {
            var (sighting, account) = (new Sighting(Readers.Length), order[(mail + Accounts) % Accounts]);
            (now, expected) = (sighting, string.Create(CultureInfo.InvariantCulture, $"Mail {mail}"));
            Volatile.Write(ref to, account);
            var sent = Stopwatch.GetTimestamp();
            await stand.Mail.DeliverAsync(accounts[account].Email, $"From: Ann <ann@example.test>\r\nSubject: {expected}\r\n\r\nHello\r\n", ct);
            try { await sighting.All.WaitAsync(Patience, ct); }
            catch (TimeoutException) { throw new TimeoutException($"{string.Join(", ", sighting.Missing.Select(r => Readers[r]))} heard nothing of mail {mail} for {Patience}"); }

            if (mail < 0) { continue; }

            raws.Add(sighting.Since(sent, Raw));
            for (var reader = 1; reader < Readers.Length; reader++) { later[reader].Add(sighting.Later(reader, Raw)); }
        }

        await ends.CancelAsync();
        foreach (var raw in idling) { await raw.DisposeAsync(); }

        return [.. Enumerable.Range(1, Readers.Length - 1).Select(reader => Of(Readers[reader], later[reader], raws))];
    }

    private static Figure Of(string reader, Samples later, Samples raw) => new(
        $"New mail told by {reader}, {Accounts} accounts watched, mail by mail",
        FormattableString.Invariant($"p50 {later.P50:0.0} ms, p99 {later.P99:0.0} ms later"), $"raw IDLE {raw}", "", "p50 ≤ 10 ms and p99 ≤ 50 ms later",
        later.P50 <= 10 && later.P99 <= 50);

    private static async Task FollowAsync(HttpResponseMessage stream, Action<JsonElement> created, CancellationToken ct)
    {
        await foreach (var item in SseParser.Create(await stream.Content.ReadAsStreamAsync(ct)).EnumerateAsync(ct))
        {
            if (item.EventType == "message.created") { created(JsonElement.Parse(item.Data).GetProperty("data")); }
        }
    }
}
