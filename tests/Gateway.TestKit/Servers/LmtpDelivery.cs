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
        await stream.WriteAsync(Stuffed(raw), ct);
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
    private static byte[] Stuffed(byte[] raw)
    {
        var text = Encoding.Latin1.GetString(raw).Replace("\n.", "\n..", StringComparison.Ordinal);
        if (text.StartsWith('.')) { text = '.' + text; }
        if (!text.EndsWith('\n')) { text += "\r\n"; }
        return Encoding.Latin1.GetBytes(text);
    }
}
