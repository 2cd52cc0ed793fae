using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Gateway.TestKit.Servers;

namespace Gateway.Benchmarks.Raw;

/// <summary>A TCP link with NoDelay, and TLS on it when asked for.</summary>
internal sealed class RawLink(MailServers mail) : IAsyncDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };

    public Stream Stream { get; private set; } = Stream.Null;

    public async Task OpenAsync(int port, CancellationToken ct)
    {
        await _tcp.ConnectAsync(IPAddress.Loopback, port, ct);
        Stream = _tcp.GetStream();
    }

    public async Task SecureAsync(CancellationToken ct)
    {
        var tls = new SslStream(Stream, leaveInnerStreamOpen: false, mail.Trust);
        Stream = tls;
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1" }, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        _tcp.Dispose();
    }
}
