namespace Gateway.Mail.Watching;

/// <summary>Spreads the connects of all watchers: in no second are there more than so many. First come, first served.</summary>
/// <remarks>Thread-safe. Only watchers wait for it: a person's request connects at once, however many watchers are coming back.</remarks>
internal sealed class ConnectPace(int perSecond, TimeProvider clock)
{
    /// <summary>A little more than a second, since a connect takes not always as long to get to the server.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromSeconds(1.02);

    private readonly Lock _lock = new();
    private readonly long[] _turns = new long[perSecond]; // as the clock's timestamps; the oldest is next
    private readonly long _window = (long)(Window.TotalSeconds * clock.TimestampFrequency);
    private int _next;

    /// <summary>Waits for a turn to connect.</summary>
    public Task TurnAsync(CancellationToken ct)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            var turn = Math.Max(now, _turns[_next] + _window);
            _turns[_next] = turn;
            _next = (_next + 1) % _turns.Length;
            wait = clock.GetElapsedTime(now, turn);
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, clock, ct) : Task.CompletedTask;
    }
}
