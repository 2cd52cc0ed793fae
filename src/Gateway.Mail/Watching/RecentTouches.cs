namespace Gateway.Mail.Watching;

/// <summary>Which mailboxes were looked at in the last minute. Not thread-safe.</summary>
internal sealed class RecentTouches(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly Dictionary<WatchKey, long> _at = [];

    /// <summary>True when the mailbox was looked at shortly before; notes this look otherwise.</summary>
    public bool IsSecond(WatchKey key)
    {
        if (_at.Remove(key, out var before) && clock.GetElapsedTime(before) <= Soon) { return true; }

        if (_at.Count >= Most) { _at.Clear(); } // they are only hints
        _at[key] = clock.GetTimestamp();
        return false;
    }
}
