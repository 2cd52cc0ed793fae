using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Gateway.Benchmarks.Raw;
using Gateway.TestKit.Faults;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>How quickly, and how gently, everything is watched again after all links broke at once.</summary>
internal static class Comeback
{
    private const int Accounts = 1_000;
    private const int AtOnce = 32;
    private const string Gauge = "gateway_watched_mailboxes";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        await using var proxy = new FaultProxy(stand.Mail.Ports.Imaps);
        await Parallel.ForAsync(0, Accounts, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = ct }, async (_, ct) => await Idle.AddAsync(stand, proxy.Port, ct));
        // They idle for as long as Gateway's sessions do: a server's process that did nothing for a while has to be read into memory again.
        string[] users = [.. Enumerable.Range(0, Accounts).Select(_ => stand.Mail.NewUser("raw"))];
        var floor = await WatchRawAsync(stand, users, ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events"); // whoever follows every account has them all watched
        using var stream = await stand.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        stream.EnsureSuccessStatusCode();
        using var patience = new CancellationTokenSource(Patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        await QuietAsync(stand, proxy, both.Token);

        var before = proxy.Accepted;
        var began = Stopwatch.GetTimestamp();
        proxy.Break(LinkEnd.Close);
        while (proxy.Accepted - before < Accounts || await WatchedAsync(stand, both.Token) < Accounts) { await Task.Delay(50, both.Token); }

        var took = Stopwatch.GetElapsedTime(began);
        var most = MostInASecond([.. proxy.AcceptedAt.Skip(before)]);
        began = Stopwatch.GetTimestamp();
        foreach (var client in floor) { await client.DisposeAsync(); }

        floor = await WatchRawAsync(stand, users, ct);
        var raw = Stopwatch.GetElapsedTime(began);
        foreach (var client in floor) { await client.DisposeAsync(); }

        return
        [
            new($"{Accounts} watched accounts whose links drop at once: all watched again after", FormattableString.Invariant($"{took.TotalSeconds:0.0} s"),
                FormattableString.Invariant($"{raw.TotalSeconds:0.0} s for as many raw clients that do nothing else"), Stand.Times(took / raw), "≤ 10 s", took <= TimeSpan.FromSeconds(10)),
            new("Connects meanwhile, in the second with the most of them", most.ToString(CultureInfo.InvariantCulture), "", "", "≤ 100", most <= 100),
        ];
    }

    /// <summary>Signs these users in, as fast as the server lets them, and opens their inboxes.</summary>
    private static async Task<IReadOnlyCollection<RawImap>> WatchRawAsync(Stand stand, string[] users, CancellationToken ct)
    {
        var open = new ConcurrentBag<RawImap>();
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (user, ct) =>
        {
            var client = await RawImap.OpenAsync(stand.Mail, user, ct);
            open.Add(client);
            await client.CommandAsync("EXAMINE INBOX", ct);
        });
        return open;
    }

    /// <summary>Everything is watched, and the sessions that were needed besides are closed.</summary>
    private static async Task QuietAsync(Stand stand, FaultProxy proxy, CancellationToken ct)
    {
        while (proxy.Open != Accounts || await WatchedAsync(stand, ct) < Accounts) { await Task.Delay(Second, ct); }
    }

    private static async Task<int> WatchedAsync(Stand stand, CancellationToken ct)
    {
        var metrics = await stand.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), ct);
        var line = metrics.Split('\n').FirstOrDefault(l => l.StartsWith(Gauge, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"There is no {Gauge}.");
        return (int)double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static int MostInASecond(IReadOnlyList<TimeSpan> connects)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < connects.Count; last++)
        {
            while (connects[last] - connects[first] >= Second) { first++; }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
