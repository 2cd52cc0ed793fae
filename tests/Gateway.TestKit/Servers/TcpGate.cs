using System.Net;
using System.Net.Sockets;

namespace Gateway.TestKit.Servers;

/// <summary>Stands before a server on loopback. While it is closed, connections are taken and held: not a byte comes or goes.</summary>
public sealed class TcpGate : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _behind;
    private readonly Task _accepting;
    private TaskCompletionSource _open = New();
    private TaskCompletionSource _held = New();

    public TcpGate(int behind)
    {
        _behind = behind;
        _open.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Holds every connection that comes from now on.</summary>
    public void Close() => (_open, _held) = (New(), New());

    public void Open() => _open.TrySetResult();

    /// <summary>Completes when a connection is being held.</summary>
    public Task HeldAsync(CancellationToken ct) => _held.Task.WaitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) { _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)); }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task PassAsync(TcpClient near)
    {
        using (near)
        using (var far = new TcpClient { NoDelay = true })
        {
            try
            {
                near.NoDelay = true;
                _held.TrySetResult();
                await _open.Task.WaitAsync(_stop.Token);
                await far.ConnectAsync(IPAddress.Loopback, _behind, _stop.Token);
                var there = near.GetStream().CopyToAsync(far.GetStream(), _stop.Token);
                var back = far.GetStream().CopyToAsync(near.GetStream(), _stop.Token);
                await Task.WhenAny(there, back);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or IOException)
            {
                // One side left: so does the other.
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
