using System.Collections.Concurrent;
using Gateway.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests;

/// <summary>A fake clock that tells when somebody has begun to wait on it, so that a test does not advance it too early.</summary>
internal sealed class WatchedClock() : FakeTimeProvider(System.GetUtcNow())
{
    private readonly ScriptedSignal _signal = new();
    private readonly ConcurrentQueue<DateTimeOffset> _wakes = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero) { _wakes.Enqueue(GetUtcNow() + dueTime); }

        _signal.Raise();
        return timer;
    }

    /// <summary>Advances to this moment, once somebody waits for it (it is kept to the millisecond) or has waited less.</summary>
    public async Task ReachAsync(DateTimeOffset moment, TimeSpan longestWait, CancellationToken ct)
    {
        while (GetUtcNow() < moment)
        {
            var next = moment - GetUtcNow() > longestWait ? GetUtcNow() + longestWait : moment;
            await _signal.UntilAsync(() => _wakes.Any(wake => (wake - next).Duration() < TimeSpan.FromMilliseconds(2)), ct);
            Advance(next - GetUtcNow());
        }
    }
}
