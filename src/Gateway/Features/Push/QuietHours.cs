using System.Text.Json;
using Gateway.Http;

namespace Gateway.Features.Push;

/// <summary>A time of day in which nothing is told; what comes then is not told afterwards either.</summary>
/// <param name="From">When it begins, as <c>22:00</c>.</param>
/// <param name="To">When it ends, as <c>07:00</c>; on the next day where that is earlier than its beginning.</param>
/// <param name="TimeZone">Whose clock that is, by its IANA name, as <c>Europe/Berlin</c>.</param>
public sealed record QuietHours(string From, string To, string TimeZone)
{
    private const string Format = "HH:mm";

    internal void Check(Checks checks)
    {
        var (from, to) = (Time(From), Time(To));
        if (from is null) { checks.Fail("/quietHours/from", "must be a time as 22:00"); }

        if (to is null) { checks.Fail("/quietHours/to", "must be a time as 07:00"); }

        if (from == to && from is not null) { checks.Fail("/quietHours/to", "must differ from its beginning"); }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _)) { checks.Fail("/quietHours/timeZone", "is no IANA time zone"); }
    }

    internal bool Hold(DateTimeOffset now)
    {
        if (Time(From) is not { } from || Time(To) is not { } to || !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone)) { return false; }

        return TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).IsBetween(from, to);
    }

    internal static QuietHours? Of(string? json) => json is null ? null : JsonSerializer.Deserialize<QuietHours>(json, WireJson.Options);

    internal string ToJson() => JsonSerializer.Serialize(this, WireJson.Options);

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text, Format, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time) ? time : null;
}
