using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.TestKit.Faults;

/// <summary>One connection through the proxy, and the one it made to the server.</summary>
internal sealed class FaultyLink(FaultProxy proxy, Socket near) : IDisposable
{
    private const int Remembered = 200;

    private readonly Socket _far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly bool[] _frozen = new bool[2];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Carries bytes both ways until a side leaves.</summary>
    public async Task RunAsync(int behind, Task passing, CancellationToken stop)
    {
        try
        {
            await passing.WaitAsync(stop);
            await _far.ConnectAsync(IPAddress.Loopback, behind, stop);
            await Task.WhenAll(CarryAsync(near, _far, Toward.Server, stop), CarryAsync(_far, near, Toward.Client, stop));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A side left, or was made to.
        }
        finally
        {
            // Whoever has left a frozen link: the other side is not to notice.
            if (_frozen.Contains(true)) { await _ended.Task.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }

            Dispose();
        }
    }

    /// <summary>Tells the client what the server did not say. Only while the server says nothing, or the two would mingle.</summary>
    public Task SayAsync(string text, CancellationToken ct) => SendAsync(near, Encoding.ASCII.GetBytes(text), ct);

    public void Freeze(Toward way) => Volatile.Write(ref _frozen[(int)way], true);

    public void End(LinkEnd how)
    {
        if (how == LinkEnd.Freeze)
        {
            Freeze(Toward.Server);
            Freeze(Toward.Client);
            return;
        }

        foreach (var socket in new[] { near, _far })
        {
            try
            {
                if (how == LinkEnd.Reset) { socket.LingerState = new(true, 0); }

                socket.Close();
            }
            catch (ObjectDisposedException)
            {
                // Whoever carries the other way has ended it at the same moment.
            }
        }

        _ended.TrySetResult();
    }

    public void Dispose()
    {
        near.Dispose();
        _far.Dispose();
    }

    private async Task CarryAsync(Socket from, Socket to, Toward way, CancellationToken stop)
    {
        try
        {
            await CarryAllAsync(from, to, way, stop);
            if (!IsFrozen(way)) { to.Shutdown(SocketShutdown.Send); }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            if (!IsFrozen(way)) { End(LinkEnd.Reset); }
        }
    }

    private bool IsFrozen(Toward way) => Volatile.Read(ref _frozen[(int)way]);

    private async Task CarryAllAsync(Socket from, Socket to, Toward way, CancellationToken stop)
    {
        var (buffer, before, tail) = (new byte[16 * 1024], 0L, "");
        while (await from.ReceiveAsync(buffer, stop) is > 0 and var count)
        {
            if (IsFrozen(way)) { continue; }

            var piece = buffer.AsMemory(0, count);
            var (passes, trap) = proxy.Look(way, before, tail, piece.Span);
            await SendAsync(to, piece[..passes], stop);
            if (trap is not null)
            {
                End(trap.End);
                trap.Spring();
            }

            before += count;
            tail += Encoding.Latin1.GetString(piece.Span);
            if (tail.Length > Remembered) { tail = tail[^Remembered..]; }
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> piece, CancellationToken stop)
    {
        while (piece.Length > 0)
        {
            var wait = proxy.PerByte;
            if (wait > TimeSpan.Zero) { await Task.Delay(wait, stop); }

            piece = piece[await to.SendAsync(wait > TimeSpan.Zero ? piece[..1] : piece, stop)..];
        }
    }
}
