using System.Net;
using System.Net.Sockets;
using Gateway.Mail.Faults;

namespace Gateway.Mail.Connecting;

/// <summary>Opens every outgoing connection: the name is resolved once, each address is checked, and the checked address is the one connected to.</summary>
/// <remarks>So a name that resolves differently a moment later (DNS rebinding) leads nowhere. The name itself is verified by TLS.</remarks>
public sealed class GuardedConnector(EgressPolicy policy, TimeProvider clock)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>How long an address may stay silent before the next is tried: a dead IPv6 route must not hide a living IPv4 one.</summary>
    private static readonly TimeSpan NextAfter = TimeSpan.FromSeconds(3);

    /// <summary>How names are resolved; tests put a resolver of their own here.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Connects within 10 seconds.</summary>
    /// <exception cref="MailException"><see cref="MailFault.Refused"/>, <see cref="MailFault.Unreachable"/> or <see cref="MailFault.TimedOut"/>.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Resolve(host, both.Token);
            if (addresses.Length == 0) { throw new MailException(MailFault.Unreachable, "The server's name has no address."); }

            // One closed address refuses the host: an answer that mixes both is an attack or a mistake.
            if (!addresses.All(a => policy.Allows(a, port)))
            {
                throw new MailException(MailFault.Refused, "The egress policy does not let this server be reached.");
            }

            return await ConnectAsync(addresses, port, both.Token);
        }
        catch (SocketException error) { throw new MailException(MailFault.Unreachable, "No connection to the server.", null, error); }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw new MailException(MailFault.TimedOut, "The server did not accept a connection in time.", null, error);
        }
    }

    private async Task<Socket> ConnectAsync(IPAddress[] addresses, int port, CancellationToken ct)
    {
        for (var i = 0; ; i++)
        {
            var last = i + 1 == addresses.Length;
            var socket = NewSocket(addresses[i].AddressFamily);
            using var patience = new CancellationTokenSource(last ? Deadline : NextAfter, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
            try
            {
                await socket.ConnectAsync(addresses[i], port, both.Token);
                return socket;
            }
            catch (Exception error) when (!last && !ct.IsCancellationRequested && (error is SocketException or OperationCanceledException)) { socket.Dispose(); }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>NoDelay: else Nagle's algorithm and delayed ACKs cost a mail 40 ms. Keep-alive: an IDLE has no read timeout, and the system's own would begin after two hours.</summary>
    private static Socket NewSocket(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
        return socket;
    }
}
