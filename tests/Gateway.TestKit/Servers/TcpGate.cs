using System.Collections.Concurrent;
using System.Diagnostics;
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
    private readonly ConcurrentQueue<long> _accepted = new();
    private CancellationTokenSource _dropped = new();
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

    /// <summary>When each connection came, since some moment, oldest first.</summary>
    public IReadOnlyList<TimeSpan> Accepted => [.. _accepted.Select(at => Stopwatch.GetElapsedTime(0, at))];

    /// <summary>Ends every connection at once; others may come.</summary>
    public Task DropAsync() => Interlocked.Exchange(ref _dropped, new()).CancelAsync();

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
        _dropped.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_stop.Token);
                _accepted.Enqueue(Stopwatch.GetTimestamp());
                _ = PassAsync(near);
            }
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
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _dropped.Token))
        {
            try
            {
                near.NoDelay = true;
                _held.TrySetResult();
                await _open.Task.WaitAsync(end.Token);
                await far.ConnectAsync(IPAddress.Loopback, _behind, end.Token);
                var there = near.GetStream().CopyToAsync(far.GetStream(), end.Token);
                var back = far.GetStream().CopyToAsync(near.GetStream(), end.Token);
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
