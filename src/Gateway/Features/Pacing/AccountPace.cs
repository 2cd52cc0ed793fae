using Gateway.Mail;
using Gateway.Mail.Smtp;

namespace Gateway.Features.Pacing;

/// <summary>How much an account has sent of what it may, and when the next mail may go.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AccountPace(AccountId account, SendingLimits limits, HostPace host)
{
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly RollingWindow _minute = new(Minute);
    private readonly RollingWindow _day = new(Day);
    private readonly SlowDown _slow = new();
    private DateTimeOffset? _heldUntil;

    public SendingLimits Limits => limits;

    public HostPace Host => host;

    public bool IsLimited => limits != new SendingLimits(null, null);

    /// <summary>Counts a mail that is handed over, or was before this process knew of it.</summary>
    public void Count(DateTimeOffset at, int recipients)
    {
        if (!IsLimited) { return; }

        lock (_lock)
        {
            _minute.Add(at, 1);
            _day.Add(at, recipients);
        }
    }

    /// <summary>Mails of the last minute and recipients of the last day.</summary>
    public (int Minute, int Day) Used(DateTimeOffset now)
    {
        lock (_lock) { return (_minute.Used(now), _day.Used(now)); }
    }

    /// <summary>When a mail to so many may go, as far as the account's own limits say; null at once.</summary>
    public DateTimeOffset? RoomAt(int recipients, DateTimeOffset now)
    {
        lock (_lock)
        {
            var at = _slow.Until;
            if (limits.PerMinute is { } mails && _minute.RoomAt(1, mails, now) is var minute && minute > at) { at = minute; }

            if (limits.PerDay is { } most && _day.RoomAt(recipients, most, now) is var day && day > at) { at = day; }

            return at > now ? at : null;
        }
    }

    /// <summary>When it is worth another look at what is due; null at once, and never as long as only the end of another account's turn can help.</summary>
    public DateTimeOffset? OpensAt(DateTimeOffset now) => HeldUntil(now) ?? host.Queue(account, now);

    /// <summary>Begins a turn at the host; false when it is not the time, or others are before it.</summary>
    public bool Enter(DateTimeOffset now) => HeldUntil(now) is null && host.Enter(account, now);

    public void Leave() => host.Leave(account);

    /// <summary>When the next mail may go, as far as it is a matter of time; null now.</summary>
    public DateTimeOffset? WaitsUntil(DateTimeOffset now) =>
        HeldUntil(now) ?? RoomAt(1, now) ?? (host.OpensAt(account, now) is { } at && at < DateTimeOffset.MaxValue ? at : null);

    /// <summary>Takes leave for one mail: of the account's limits and the host's. False when it has to wait.</summary>
    public bool Take(int recipients, DateTimeOffset now)
    {
        var until = RoomAt(recipients, now) ?? host.Take(account, now);
        lock (_lock) { _heldUntil = until; }

        return until is null;
    }

    /// <summary>Takes note of what the server made of a mail.</summary>
    public void Answered(SubmissionOutcome outcome, DateTimeOffset now)
    {
        if (outcome.Result is SubmissionResult.Accepted)
        {
            lock (_lock) { _slow.End(); }

            host.Passed();
        }
        else if (SlowDown.IsAskedFor(outcome)) { AskedForLess(now); }
    }

    /// <summary>The server has no time for the account now: with a mail, or before it even let it sign in.</summary>
    public void AskedForLess(DateTimeOffset now)
    {
        lock (_lock) { _slow.Begin(now); }

        host.Slow(account, now, _slow.Until);
    }

    private DateTimeOffset? HeldUntil(DateTimeOffset now)
    {
        lock (_lock) { return _heldUntil > now ? _heldUntil : null; }
    }
}
