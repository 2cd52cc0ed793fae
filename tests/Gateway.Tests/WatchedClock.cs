using System.Collections.Concurrent;
using Gateway.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests;

/// <summary>A fake clock that tells when somebody has begun to wait on it, so that a test does not advance it too early.</summary>
internal sealed class WatchedClock : TimeProvider
{
    private readonly FakeTimeProvider _time = new(System.GetUtcNow()); // not a base: it looks at what it tells when it fires its timers
    private readonly ScriptedSignal _signal = new();
    private readonly ConcurrentQueue<DateTimeOffset> _wakes = new();
    private TimeSpan _leapt;

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + _leapt;

    public override long GetTimestamp() => _time.GetTimestamp();

    public void Advance(TimeSpan by) => _time.Advance(by);

    /// <summary>Sets the wall clock and nothing else, as when a machine has slept or its clock is corrected: no timer fires, and none is nearer.</summary>
    public void Leap(TimeSpan by) => _leapt += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _time.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero) { _wakes.Enqueue(_time.GetUtcNow() + dueTime); }

        _signal.Raise();
        return timer;
    }

    /// <summary>Waits until somebody waits for this moment.</summary>
    public Task UntilAwaitedAsync(DateTimeOffset moment, CancellationToken ct) =>
        _signal.UntilAsync(() => _wakes.Any(wake => (wake + _leapt - moment).Duration() < TimeSpan.FromMilliseconds(2)), ct);

    /// <summary>Advances to this moment, once somebody waits for it (it is kept to the millisecond) or has waited less.</summary>
    public async Task ReachAsync(DateTimeOffset moment, TimeSpan longestWait, CancellationToken ct)
    {
        while (GetUtcNow() < moment)
        {
            var next = moment - GetUtcNow() > longestWait ? GetUtcNow() + longestWait : moment;
            await UntilAwaitedAsync(next, ct);
            Advance(next - GetUtcNow());
        }
    }

    /// <summary>Looks again whenever somebody begins to wait, until what it looks for is there.</summary>
    public async Task UntilSetAsync(Func<Task<bool>> condition, CancellationToken ct)
    {
        for (var seen = _wakes.Count; !await condition(); seen = _wakes.Count) { await _signal.UntilAsync(() => _wakes.Count > seen, ct); }
    }
}
