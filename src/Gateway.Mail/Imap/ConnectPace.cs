namespace Gateway.Mail.Imap;

/// <summary>Spreads connects: a server sees no more than so many in any second, however late a busy machine gets to them. First come, first served.</summary>
/// <remarks>
/// Thread-safe. A place stands for a connect, and is free again a second after the connect was made, not after it was allowed; and not before the
/// sign-in has ended: a server that lets in fewer a second has no more of them waiting, who would all time out and come again.
/// </remarks>
internal sealed class ConnectPace(int perSecond, TimeProvider clock) : IDisposable
{
    /// <summary>A little more than a second, since a server counts a connect when it gets to it.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromSeconds(1.02);

    private readonly SemaphoreSlim _first = new(1); // of those that wait, one waits for the clock
    private readonly SemaphoreSlim _places = new(perSecond); // whose sign-in has ended
    private readonly Queue<long> _freeAt = new(); // when each that was used is free, as the clock's timestamp, the next one first
    private int _unused = perSecond;
    private readonly long _window = (long)(Window.TotalSeconds * clock.TimestampFrequency);

    /// <summary>Waits for a turn.</summary>
    public async Task<Turn> TurnAsync(CancellationToken ct)
    {
        await _first.WaitAsync(ct);
        try
        {
            await _places.WaitAsync(ct);
            try
            {
                var next = NextFree();
                if (next > clock.GetTimestamp()) { await Task.Delay(clock.GetElapsedTime(clock.GetTimestamp(), next), clock, ct); }
            }
            catch
            {
                _places.Release();
                throw;
            }

            Use();

            return new Turn(this, clock);
        }
        finally { _first.Release(); }
    }

    public void Dispose()
    {
        _first.Dispose();
        _places.Dispose();
    }

    private long NextFree()
    {
        lock (_freeAt) { return _unused > 0 ? long.MinValue : _freeAt.Peek(); }
    }

    private void Use()
    {
        lock (_freeAt)
        {
            if (_unused > 0) { _unused--; }
            else { _freeAt.Dequeue(); }
        }
    }

    private void End(long freeAt)
    {
        lock (_freeAt) { _freeAt.Enqueue(freeAt); }

        try { _places.Release(); }
        catch (ObjectDisposedException)
        {
            // The pool went first: nobody connects any more.
        }
    }

    /// <summary>A turn to connect. Dispose it when somebody is signed in, or could not be.</summary>
    internal sealed class Turn(ConnectPace pace, TimeProvider clock) : IDisposable
    {
        private long? _connectedAt;

        /// <summary>The connect was made.</summary>
        public void Connected() => _connectedAt = clock.GetTimestamp();

        public void Dispose() => pace.End((_connectedAt ?? clock.GetTimestamp()) + pace._window);
    }
}
