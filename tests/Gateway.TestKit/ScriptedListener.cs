using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Gateway.TestKit;

/// <summary>Accepts connections on a free loopback port and counts them.</summary>
internal sealed class ScriptedListener : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<ScriptedConnection, Task> _open = new();
    private readonly ScriptedSignal _signal;
    private readonly Lock _counting = new();
    private readonly Task _accepting;
    private readonly Func<ScriptedConnection, Task> _serve;

    public ScriptedListener(ScriptedSignal signal, Func<ScriptedConnection, Task> serve)
    {
        (_signal, _serve) = (signal, serve);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public int Accepted { get; private set; }

    public int Open { get; private set; }

    public int MaxOpen { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _accepting;
        foreach (var connection in _open.Keys) { connection.Drop(); }

        await Task.WhenAll(_open.Values);
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var connection = new ScriptedConnection(await _listener.AcceptAsync());
                Count(+1);
                _open[connection] = Task.Run(() => ServeAsync(connection));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException) { return; }
        }
    }

    private async Task ServeAsync(ScriptedConnection connection)
    {
        try { await _serve(connection); }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // The client left, or was made to.
        }
        finally
        {
            Count(-1);
            connection.Dispose();
            _open.TryRemove(connection, out _);
        }
    }

    private void Count(int change)
    {
        lock (_counting)
        {
            Open += change;
            Accepted += Math.Max(0, change);
            if (change > 0) { MaxOpen = Math.Max(MaxOpen, Open - _open.Keys.Count(c => c.HasHungUp)); }
        }

        _signal.Raise();
    }
}
