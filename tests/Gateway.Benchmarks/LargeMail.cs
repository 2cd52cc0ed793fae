using System.Text;
using System.Text.Json;

namespace Gateway.Benchmarks;

/// <summary>Mails of many megabytes, and their way through Gateway.</summary>
internal static class LargeMail
{
    public const long Mega = 1024 * 1024;

    /// <summary>A mail with a file of that size attached, as base64.</summary>
    public static byte[] Attached(int megabytes)
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
        var block = new byte[megabytes * Mega];
        new Random(1).NextBytes(block);
        return [.. head, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(block, Base64FormattingOptions.InsertLineBreaks)), .. "\r\n--b--\r\n"u8];
    }

    /// <summary>A mail of about that size that is nothing but text.</summary>
    public static byte[] Plain(int megabytes)
    {
        var head = Encoding.ASCII.GetBytes($"From: a@example.test\r\nSubject: {megabytes} MB of text\r\n\r\n");
        var line = Encoding.ASCII.GetBytes(new string('x', 62) + "\r\n");
        var mail = new byte[head.Length + (megabytes * Mega)];
        head.CopyTo(mail, 0);
        for (var at = (long)head.Length; at < mail.LongLength; at += line.Length) { line.CopyTo(mail, at); }

        return mail;
    }

    /// <summary>The messages of the inbox, newest first.</summary>
    public static async Task<IReadOnlyList<string>> IdsAsync(Stand stand, BenchAccount account, CancellationToken ct)
    {
        var ids = new List<string>();
        for (var cursor = ""; ;)
        {
            using var page = JsonDocument.Parse(await stand.GetAsync(account.List("INBOX") + cursor, ct));
            ids.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("id").GetString()!));
            if (!page.RootElement.TryGetProperty("nextCursor", out var next)) { return ids; }

            cursor = $"&cursor={next.GetString()}";
        }
    }

    /// <returns>How many bytes came.</returns>
    public static async Task<long> DownloadAsync(Stand stand, string path, CancellationToken ct)
    {
        using var answer = await stand.Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var (buffer, total) = (new byte[64 * 1024], 0L);
        while (await body.ReadAsync(buffer, ct) is > 0 and var read) { total += read; }

        return total;
    }
}
