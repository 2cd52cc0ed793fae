using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Gateway.Benchmarks.Raw;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>A large attachment on its way through.</summary>
internal static class Downloading
{
    private const int Megabytes = 100;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        var user = stand.Mail.NewUser("large");
        await stand.Mail.DeliverAsync(user, Mail(1), ct);
        await stand.Mail.DeliverAsync(user, Mail(Megabytes), ct);
        var account = await stand.AddAccountAsync(user, ct);
        using var page = JsonDocument.Parse(await stand.GetAsync(account.List("INBOX"), ct));
        var ids = page.RootElement.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("id").GetString()).ToList();
        await DownloadAsync(stand, account, ids[1], ct); // the path is compiled and the session open before the first look

        var process = stand.Gateway.Id;
        var before = Memory.ResidentMiB(process);
        Memory.ForgetPeak(process);
        var start = Stopwatch.GetTimestamp();
        var bytes = await DownloadAsync(stand, account, ids[0], ct);
        var speed = Megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var rise = Memory.PeakMiB(process) - before;

        await using var raw = await RawImap.OpenAsync(stand.Mail, user, ct);
        await raw.CommandAsync("SELECT INBOX", ct);
        start = Stopwatch.GetTimestamp();
        await raw.CommandAsync("FETCH 2 BODY.PEEK[2]", ct);
        var floor = Megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var complete = bytes == Megabytes * 1024L * 1024;
        return [new($"Resident memory during the download of {Megabytes} MB{(complete ? "" : " (INCOMPLETE)")}", $"+{rise:0.0} MiB on {before:0}",
            $"speed {speed:0} MB/s, raw {floor:0} MB/s", "", "< +32 MiB", complete && rise < 32)];
    }

    private static async Task<long> DownloadAsync(Stand stand, BenchAccount account, string? message, CancellationToken ct)
    {
        var uri = new Uri($"/v1/accounts/{account.Id}/messages/{message}/attachments/2", UriKind.Relative);
        using var answer = await stand.Http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var (buffer, total) = (new byte[64 * 1024], 0L);
        while (await body.ReadAsync(buffer, ct) is > 0 and var read) { total += read; }

        return total;
    }

    private static byte[] Mail(int megabytes)
    {
        var head = Encoding.ASCII.GetBytes($"""
            From: a@example.test
            To: b@example.test
            Subject: {megabytes} MB
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Attached.
            --b
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename=large.bin
            Content-Transfer-Encoding: base64


            """.Replace("\n", "\r\n", StringComparison.Ordinal));
        var block = new byte[megabytes * 1024 * 1024];
        new Random(1).NextBytes(block);
        return [.. head, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(block, Base64FormattingOptions.InsertLineBreaks)), .. "\r\n--b--\r\n"u8];
    }
}
