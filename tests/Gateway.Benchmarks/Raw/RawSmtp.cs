using System.Text;
using Gateway.TestKit.Servers;

namespace Gateway.Benchmarks.Raw;

/// <summary>The floor of sending: one kept-open STARTTLS session that pipelines the envelope.</summary>
internal sealed class RawSmtp : IAsyncDisposable
{
    private readonly RawLink _link;
    private StreamReader _replies = StreamReader.Null;

    private RawSmtp(MailServers mail) => _link = new(mail);

    public static async Task<RawSmtp> OpenAsync(MailServers mail, string user, CancellationToken ct)
    {
        var client = new RawSmtp(mail);
        await client._link.OpenAsync(mail.Ports.Smtp, ct);
        client._replies = new(client._link.Stream, Encoding.Latin1);
        await client.ReadAsync(1, ct);
        await client.SayAsync("EHLO localhost\r\n", 1, ct);
        await client.SayAsync("STARTTLS\r\n", 1, ct);
        await client._link.SecureAsync(ct);
        client._replies = new(client._link.Stream, Encoding.Latin1);
        await client.SayAsync("EHLO localhost\r\n", 1, ct);
        await client.SayAsync($"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{MailServers.Password}"))}\r\n", 1, ct);
        return client;
    }

    /// <param name="mail">Dot-stuffed, and ending in CRLF.</param>
    public async Task SendAsync(string sender, string recipient, byte[] mail, CancellationToken ct)
    {
        await SayAsync($"MAIL FROM:<{sender}>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n", 3, ct);
        await _link.Stream.WriteAsync(mail, ct);
        await SayAsync(".\r\n", 1, ct);
    }

    public async ValueTask DisposeAsync()
    {
        _replies.Dispose();
        await _link.DisposeAsync();
    }

    private async Task SayAsync(string lines, int replies, CancellationToken ct)
    {
        await _link.Stream.WriteAsync(Encoding.ASCII.GetBytes(lines), ct);
        await ReadAsync(replies, ct);
    }

    private async Task ReadAsync(int replies, CancellationToken ct)
    {
        while (replies > 0)
        {
            var line = await _replies.ReadLineAsync(ct) ?? throw new IOException("link lost");
            if (line is ['4' or '5', ..]) { throw new InvalidOperationException(line); }

            if (line is not [_, _, _, '-', ..]) { replies--; }
        }
    }
}
