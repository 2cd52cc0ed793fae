using System.Net.Http.Json;
using System.Text;
using Gateway.TestKit.Servers;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>What a watched account costs while nothing happens in it.</summary>
internal static class Idle
{
    private const int Accounts = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        await Parallel.ForAsync(0, Accounts, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = ct }, async (_, ct) => await AddAsync(stand, stand.Mail.Ports.Imaps, ct));
        var process = stand.Gateway.Id;
        var before = Memory.ResidentMiB(process);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events"); // whoever follows every account has them all watched
        using var stream = await stand.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        stream.EnsureSuccessStatusCode();
        using var patience = new CancellationTokenSource(Patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        while (Idling(stand) < Accounts) { await Task.Delay(500, both.Token); }

        var each = (Memory.ResidentMiB(process) - before) * 1024 / Accounts;
        return
        [
            new($"Resident memory of a watched account that is idle, at {Accounts}", FormattableString.Invariant($"{each:0} KiB"),
                FormattableString.Invariant($"{before:0} MiB before"), "", "≤ 150 KiB", each <= 150),
        ];
    }

    /// <summary>An account with an empty mailbox behind this port.</summary>
    public static async Task AddAsync(Stand stand, int port, CancellationToken ct)
    {
        using var added = await stand.Http.PostAsJsonAsync("/v1/accounts", new
        {
            email = stand.Mail.NewUser("idle"),
            credentials = new { type = "password", password = MailServers.Password },
            imap = new { host = "127.0.0.1", port, security = "tls" },
        }, ct);
        if (!added.IsSuccessStatusCode) { throw new InvalidOperationException(await added.Content.ReadAsStringAsync(ct)); }
    }

    /// <summary>How many of its links to the server are open: one each once all are watched.</summary>
    private static int Idling(Stand stand)
    {
        var port = stand.Mail.Ports.Imaps.ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
        return File.ReadLines("/proc/net/tcp", Encoding.ASCII).Count(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var remote, "01", ..] && remote.EndsWith(":" + port, StringComparison.Ordinal));
    }
}
