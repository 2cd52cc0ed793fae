using System.Text.RegularExpressions;
using Gateway.Mail.Smtp;

namespace Gateway.Features.Pacing;

/// <summary>Leaves a server alone that asks for it, longer each time; then lets one mail try before the others follow.</summary>
internal sealed partial class SlowDown
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private TimeSpan _next = First;

    public DateTimeOffset Until { get; private set; }

    /// <summary>Nothing has gone through since.</summary>
    public bool IsOn => _next > First;

    public void Begin(DateTimeOffset now)
    {
        if (now < Until) { return; } // told twice of the same

        Until = RollingWindow.Whole(now + _next);
        _next = _next * 2 > Longest ? Longest : _next * 2;
    }

    public void End() => (Until, _next) = (default, First);

    /// <summary>Whether the server wants less of us, and not of this mail. Greylisting (as 450 4.7.1) does not.</summary>
    public static bool IsAskedFor(SubmissionOutcome outcome) =>
        outcome is { Result: SubmissionResult.TemporaryFailure, Reply: { } reply } && TooMuch().IsMatch(reply);

    [GeneratedRegex(@"^421\b|^4\d\d .*(too many|too fast|too much|\brate\b|throttl|slow down|(limit|quota)\b.*exceed|exceed.*(limit|quota)|4\.7\.28)", RegexOptions.IgnoreCase)]
    private static partial Regex TooMuch();
}
