using System.Text;
using Gateway.TestKit.Servers;

namespace Gateway.Benchmarks.Raw;

/// <summary>The floor: sends a command and reads to its tagged line, without a look at what comes before.</summary>
internal sealed class RawImap : IAsyncDisposable
{
    private const int TailLength = 512; // a tagged line is shorter

    private readonly RawLink _link;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _tag;

    private RawImap(MailServers mail) => _link = new(mail);

    public static async Task<RawImap> OpenAsync(MailServers mail, string user, CancellationToken ct)
    {
        var client = new RawImap(mail);
        await client._link.OpenAsync(mail.Ports.Imaps, ct);
        await client._link.SecureAsync(ct);
        await client.CommandAsync($"LOGIN {user} {MailServers.Password}", ct);
        return client;
    }

    /// <returns>How many bytes the response had.</returns>
    public async Task<long> CommandAsync(string command, CancellationToken ct)
    {
        var tag = $"A{++_tag} ";
        await _link.Stream.WriteAsync(Encoding.ASCII.GetBytes($"{tag}{command}\r\n"), ct);
        var (held, total) = (0, 0L);
        while (true)
        {
            var read = await _link.Stream.ReadAsync(_buffer.AsMemory(held), ct);
            if (read == 0) { throw new IOException("link lost"); }

            (held, total) = (held + read, total + read);
            if (IsTagged(_buffer.AsSpan(0, held), tag, out var ok)) { return ok ? total : throw new InvalidOperationException($"refused: {command}"); }

            if (held < _buffer.Length / 2) { continue; }

            _buffer.AsSpan(held - TailLength, TailLength).CopyTo(_buffer);
            held = TailLength;
        }
    }

    /// <summary>Starts an IDLE and calls back at every EXISTS until cancelled.</summary>
    public async Task IdleAsync(Action exists, CancellationToken ct)
    {
        await _link.Stream.WriteAsync(Encoding.ASCII.GetBytes("I IDLE\r\n"), ct);
        using var lines = new StreamReader(_link.Stream, Encoding.Latin1);
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            if (line.EndsWith(" EXISTS", StringComparison.Ordinal)) { exists(); }
        }
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private static bool IsTagged(ReadOnlySpan<byte> held, string tag, out bool ok)
    {
        ok = false;
        if (!held.EndsWith("\r\n"u8)) { return false; }

        var line = held[(held[..^2].LastIndexOf((byte)'\n') + 1)..];
        var head = Encoding.Latin1.GetString(line[..Math.Min(line.Length, tag.Length + 2)]);
        ok = head == tag + "OK";
        return head.StartsWith(tag, StringComparison.Ordinal);
    }
}
