namespace Gateway.Features.Pacing;

/// <summary>How much went out within the last so long.</summary>
/// <remarks>Not a bucket that refills: a full one lets twice its size through within its first period, which is what providers count.</remarks>
internal sealed class RollingWindow(TimeSpan length)
{
    private Queue<(DateTimeOffset At, int Amount)> _sent = new();
    private DateTimeOffset _newest;
    private int _used;

    /// <summary>A time as the store keeps it and answers tell it: to the millisecond. So a restart changes nothing, and nobody waits for parts of one.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));

    public int Used(DateTimeOffset now)
    {
        if (_newest > now) // the clock was set back
        {
            _sent = new(_sent.Select(s => (s.At < now ? s.At : now, s.Amount)));
            _newest = now;
        }

        while (_sent.TryPeek(out var oldest) && oldest.At <= now - length) { _used -= _sent.Dequeue().Amount; }

        return _used;
    }

    /// <param name="at">Not before that of the one ahead.</param>
    public void Add(DateTimeOffset at, int amount)
    {
        at = Whole(at);
        _sent.Enqueue((at, amount));
        (_newest, _used) = (at, _used + amount);
    }

    /// <summary>When so much more has room under the limit: now, or later. What is more than the limit alone has room when nothing else is there.</summary>
    public DateTimeOffset RoomAt(int amount, int limit, DateTimeOffset now)
    {
        var tooMuch = Used(now) + Math.Min(amount, limit) - limit;
        if (tooMuch <= 0) { return now; }

        foreach (var (at, sent) in _sent)
        {
            if ((tooMuch -= sent) <= 0) { return at + length; }
        }

        return now;
    }
}
