using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gateway.TestKit.Faults;

/// <summary>Stands between a client and a server on loopback, and breaks what is between them when a test says so, and not before.</summary>
/// <remarks>It sees bytes: a text can be waited for where the link is not encrypted. Dispose it to close every link.</remarks>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly int _behind;
    private readonly Socket _place = NewSocket(); // bound and never listening: the port stays ours while connections are refused
    private readonly ScriptedSignal _signal = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<FaultyLink, Task> _links = new();
    private readonly ConcurrentQueue<long> _accepted = new();
    private readonly Lock _lock = new();
    private readonly List<Trap> _traps = [];
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private TaskCompletionSource _passing = New();

    /// <param name="behind">The server's port.</param>
    public FaultProxy(int behind)
    {
        _behind = behind;
        _place.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_place.LocalEndPoint!).Port;
        Heal();
    }

    public int Port { get; }

    /// <summary>How many connections have come so far.</summary>
    public int Accepted => _accepted.Count;

    /// <summary>When each of them came, since some moment, oldest first.</summary>
    public IReadOnlyList<TimeSpan> AcceptedAt => [.. _accepted.Select(at => Stopwatch.GetElapsedTime(0, at))];

    /// <summary>How many there are now.</summary>
    public int Open => _links.Count;

    /// <summary>What each byte waits for; nothing while all is well.</summary>
    public TimeSpan PerByte { get; set; }

    /// <summary>Nobody listens any more. Links that are open stay.</summary>
    public void Refuse()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
        }
    }

    /// <summary>Connections are taken from now on, and not a byte comes or goes (a black hole), until all is well again.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            if (_passing.Task.IsCompleted) { _passing = New(); }
        }
    }

    /// <summary>All is well: it listens, what was held goes on, no trap is laid. What is frozen stays so.</summary>
    public void Heal()
    {
        lock (_lock)
        {
            _traps.Clear();
            PerByte = TimeSpan.Zero;
            _passing.TrySetResult();
            if (_listener is not null) { return; }

            _listener = NewSocket();
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            _listener.Listen(512);
            _accepting = AcceptAsync(_listener, _accepting);
        }
    }

    /// <summary>Ends every link there is now.</summary>
    public void Break(LinkEnd how)
    {
        foreach (var link in _links.Keys) { link.End(how); }
    }

    /// <summary>Puts words into the server's mouth, on every link there is now.</summary>
    public Task SayAsync(string text, CancellationToken ct) => Task.WhenAll(_links.Keys.Select(link => link.SayAsync(text, ct)));

    /// <summary>Lets nothing more through in this direction, on every link there is now: half-open.</summary>
    public void Freeze(Toward way)
    {
        foreach (var link in _links.Keys) { link.Freeze(way); }
    }

    /// <summary>Breaks the next link that carries this text, before the text has passed.</summary>
    /// <returns>Completes when that has happened.</returns>
    public Task BreakAt(Toward way, string text, LinkEnd how) => Lay(new(way, how, text, 0));

    /// <summary>Breaks the next link that carries so many bytes, after them.</summary>
    /// <inheritdoc cref="BreakAt(Toward, string, LinkEnd)" path="/returns"/>
    public Task BreakAfter(Toward way, long bytes, LinkEnd how) => Lay(new(way, how, "", bytes));

    /// <summary>Waits until something is so with this proxy, or wherever the condition looks.</summary>
    public Task UntilAsync(Func<bool> condition, CancellationToken ct) => _signal.UntilAsync(condition, ct);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Refuse();
        await _accepting;
        foreach (var link in _links.Keys) { link.Dispose(); }

        await Task.WhenAll(_links.Values);
        _place.Dispose();
        _stop.Dispose();
    }

    /// <summary>How much of a piece passes, and the trap that springs at it.</summary>
    internal (int Passes, Trap? Sprung) Look(Toward way, long before, string tail, ReadOnlySpan<byte> piece)
    {
        lock (_lock)
        {
            foreach (var trap in _traps)
            {
                if (trap.Way != way || trap.Look(before, tail, piece) is not { } passes) { continue; }

                _traps.Remove(trap);
                return (passes, trap);
            }
        }

        return (piece.Length, null);
    }

    private Task Lay(Trap trap)
    {
        lock (_lock) { _traps.Add(trap); }

        return trap.Sprung;
    }

    private async Task AcceptAsync(Socket listener, Task before)
    {
        await before;
        while (true)
        {
            try { Take(await listener.AcceptAsync()); }
            catch (Exception error) when (error is SocketException or ObjectDisposedException) { return; }
        }
    }

    private void Take(Socket near)
    {
        near.NoDelay = true;
        var link = new FaultyLink(this, near);
        var (start, passing) = (New(), _passing.Task);
        _links[link] = CarryAsync();
        _accepted.Enqueue(Stopwatch.GetTimestamp());
        start.SetResult();
        _signal.Raise();

        async Task CarryAsync()
        {
            await start.Task;
            await link.RunAsync(_behind, passing, _stop.Token);
            _links.TryRemove(link, out _);
            _signal.Raise();
        }
    }

    /// <summary>Two of these may be bound to one port as long as no more than one listens.</summary>
    private static Socket NewSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        return socket;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
