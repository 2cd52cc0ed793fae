using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gateway.TestKit;

/// <summary>The server's end of one connection: lines and bytes, TLS when asked, and ways to misbehave.</summary>
public sealed class ScriptedConnection : IDisposable
{
    private static readonly Encoding Bytes = Encoding.Latin1;

    private readonly Socket _socket;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly byte[] _buffer = new byte[8192];
    private Stream _stream;
    private int _at;
    private int _end;

    internal ScriptedConnection(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The link looks open and nothing comes over it any more.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>The client has closed its end, even if nobody has read that far yet.</summary>
    internal bool HasHungUp
    {
        get
        {
            try { return _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0; }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException) { return true; }
        }
    }

    public void Freeze() => IsFrozen = true;

    /// <summary>Closes at once, as a server does that went away.</summary>
    public void Drop() => _socket.Close();

    public async Task StartTlsAsync(X509Certificate2 certificate)
    {
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsServerAsync(certificate);
        _stream = tls;
    }

    /// <summary>A line without its end, or null when the client has gone.</summary>
    public async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (await ReadByteAsync() is { } b)
        {
            if (b == '\n') { return line.ToString().TrimEnd('\r'); }

            line.Append((char)b);
        }

        return null;
    }

    public async Task<string> ReadAsync(int count)
    {
        var text = new StringBuilder(count);
        while (text.Length < count && await ReadByteAsync() is { } b) { text.Append((char)b); }

        return text.ToString();
    }

    public Task WriteLineAsync(string line) => WriteAsync(line + "\r\n");

    public async Task WriteAsync(string text)
    {
        if (IsFrozen) { return; }

        await _writing.WaitAsync();
        try { await _stream.WriteAsync(Bytes.GetBytes(text)); }
        finally { _writing.Release(); }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
        _writing.Dispose();
    }

    private async Task<byte?> ReadByteAsync()
    {
        while (_at == _end || IsFrozen)
        {
            (_at, _end) = (0, await _stream.ReadAsync(_buffer));
            if (_end == 0) { return null; }
        }

        return _buffer[_at++];
    }
}
