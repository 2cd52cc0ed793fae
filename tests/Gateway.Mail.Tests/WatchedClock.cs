using System.Collections.Concurrent;
using Gateway.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Mail.Tests;

/// <summary>A fake clock that tells when somebody has begun to wait on it, so that a test does not advance it too early.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    private readonly ScriptedSignal _signal = new();
    private readonly ConcurrentQueue<TimeSpan> _timers = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Enqueue(dueTime);
        _signal.Raise();
        return timer;
    }

    public int Timers(TimeSpan dueTime) => _timers.Count(due => due == dueTime);

    /// <summary>Waits until that many timers of this length have been set since the test began.</summary>
    public Task UntilTimerAsync(TimeSpan dueTime, int count, CancellationToken ct) => _signal.UntilAsync(() => Timers(dueTime) >= count, ct);

    public Task UntilTimerAsync(Func<TimeSpan, bool> which, int count, CancellationToken ct) => _signal.UntilAsync(() => _timers.Count(which) >= count, ct);
}
