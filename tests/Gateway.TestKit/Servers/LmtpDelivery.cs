using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.TestKit.Servers;

/// <summary>Hands one mail to an LMTP server (RFC 2033), byte for byte.</summary>
internal static class LmtpDelivery
{
    public static async Task DeliverAsync(int port, string address, byte[] raw, CancellationToken ct)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, ct);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);

        await ExpectAsync(reader, "220", ct);
        await SayAsync("LHLO localhost", "250");
        await SayAsync("MAIL FROM:<>", "250");
        await SayAsync($"RCPT TO:<{address}>", "250");
        await SayAsync("DATA", "354");
        await WriteStuffedAsync(stream, raw, ct);
        await SayAsync(".", "250");
        await SayAsync("QUIT", "221");

        async Task SayAsync(string line, string expected)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), ct);
            await ExpectAsync(reader, expected, ct);
        }
    }

    private static async Task ExpectAsync(StreamReader reader, string code, CancellationToken ct)
    {
        string line;
        do { line = await reader.ReadLineAsync(ct) ?? throw new IOException("LMTP link lost"); } while (line is [_, _, _, '-', ..]);
        if (!line.StartsWith(code, StringComparison.Ordinal)) { throw new IOException($"LMTP: {line}"); }
    }

    /// <summary>Doubles a dot at the start of a line, and ends in a line break (RFC 5321, section 4.5.2).</summary>
    private static async Task WriteStuffedAsync(NetworkStream stream, ReadOnlyMemory<byte> raw, CancellationToken ct)
    {
        var ended = raw.Span.EndsWith("\n"u8);
        if (raw.Span.StartsWith("."u8)) { await stream.WriteAsync("."u8.ToArray(), ct); }

        for (int dot; (dot = raw.Span.IndexOf("\n."u8)) >= 0; raw = raw[(dot + 1)..])
        {
            await stream.WriteAsync(raw[..(dot + 1)], ct);
            await stream.WriteAsync("."u8.ToArray(), ct);
        }

        await stream.WriteAsync(raw, ct);
        if (!ended) { await stream.WriteAsync("\r\n"u8.ToArray(), ct); }
    }
}
