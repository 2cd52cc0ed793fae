using Gateway.Mail;

namespace Gateway.Features.Pacing;

/// <summary>What the accounts at one SMTP host share: its sessions and its mails a minute. They take turns.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class HostPace(int sessions, int? perMinute)
{
    private readonly Lock _lock = new();
    private readonly RollingWindow _minute = new(TimeSpan.FromMinutes(1));
    private readonly SlowDown _slow = new();
    private readonly HashSet<AccountId> _sending = [];

    /// <summary>Accounts that were told to wait, in the order of it: whoever has had a turn stands behind them.</summary>
    private readonly List<AccountId> _waiting = [];

    /// <summary>The account whose server asked for less last.</summary>
    private AccountId? _slowed;
    private DateTimeOffset _slowedUntil;

    /// <summary>Somebody else waits for a turn.</summary>
    public bool IsCrowded
    {
        get
        {
            lock (_lock) { return _waiting.Count > 0; }
        }
    }

    /// <summary>When a turn of the account may begin; null at once, and never as long as only the end of another turn can help.</summary>
    public DateTimeOffset? OpensAt(AccountId account, DateTimeOffset now)
    {
        lock (_lock)
        {
            return _slow.Until > now ? _slow.Until : Ahead(account) >= (_slow.IsOn ? 1 : sessions) - _sending.Count ? DateTimeOffset.MaxValue : null;
        }
    }

    /// <summary>Begins a turn of the account; false when it has to wait for one, and stands in the queue.</summary>
    public bool Enter(AccountId account, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (Queue(account, now) is not null) { return false; }

            // Where mails a minute are limited as well, its place is given up when it gets one of them.
            if (perMinute is null) { _waiting.Remove(account); }

            return _sending.Add(account);
        }
    }

    /// <summary>The same as <see cref="OpensAt"/> for an account that has something due: from here on it stands in the queue.</summary>
    public DateTimeOffset? Queue(AccountId account, DateTimeOffset now)
    {
        lock (_lock)
        {
            var at = OpensAt(account, now);
            if (at == DateTimeOffset.MaxValue) { Wait(account); }

            return at;
        }
    }

    /// <summary>Takes one of the host's mails a minute. Null when there was one; otherwise when to ask again.</summary>
    public DateTimeOffset? Take(AccountId account, DateTimeOffset now)
    {
        if (perMinute is not { } limit) { return null; }

        lock (_lock)
        {
            // Places of others count as taken, whether they have come for them yet or not.
            var at = _minute.RoomAt(Math.Min(Ahead(account) + 1, limit), limit, now);
            if (at > now)
            {
                Wait(account);
                return at;
            }

            _waiting.Remove(account);
            _minute.Add(now, 1);
            return null;
        }
    }

    /// <summary>Ends the account's turn.</summary>
    public void Leave(AccountId account)
    {
        lock (_lock) { _sending.Remove(account); }
    }

    /// <summary>Nobody waits any more but those that have something to send.</summary>
    public void Retain(IReadOnlySet<AccountId> due)
    {
        lock (_lock) { _waiting.RemoveAll(account => !due.Contains(account)); }
    }

    /// <summary>What the host has sent already, before this process knew of it.</summary>
    public void Remember(DateTimeOffset at)
    {
        lock (_lock) { _minute.Add(at, 1); }
    }

    /// <summary>The host asked one account for less. When it asks another one as well, it means all of them.</summary>
    public void Slow(AccountId account, DateTimeOffset now, DateTimeOffset until)
    {
        lock (_lock)
        {
            if (_slow.IsOn || (_slowed is { } other && other != account && now < _slowedUntil)) { _slow.Begin(now); }

            (_slowed, _slowedUntil) = (account, until);
        }
    }

    public void Passed()
    {
        lock (_lock) { _slow.End(); }
    }

    private int Ahead(AccountId account) => _waiting.IndexOf(account) is >= 0 and var place ? place : _waiting.Count;

    private void Wait(AccountId account)
    {
        if (!_waiting.Contains(account)) { _waiting.Add(account); }
    }
}
