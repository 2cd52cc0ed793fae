using System.Runtime.Serialization;
using Gateway.Rendering.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace Gateway.Rendering;

/// <summary>Reads the first event of a calendar part.</summary>
internal static class InvitationReading
{
    /// <summary>Invitations are small; a whole calendar is for a calendar program.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxLine = 1000;
    private const int MaxDescription = 10_000;
    private const int MaxAttendees = 500;

    /// <summary>The same within a budget of time.</summary>
    public static Task<Invitation?> ReadAsync(string calendar, string partId, TimeProvider clock, CancellationToken ct) =>
        RenderingGate.RunAsync(() => Read(calendar, partId), () => null, RenderingLimits.ParserBudget, clock, ct);

    /// <summary>Null when there is no event in it that can be read.</summary>
    public static Invitation? Read(string calendar, string partId)
    {
        try
        {
            return Calendar.Load(calendar) is { } loaded && loaded.Events.FirstOrDefault() is { } first ? Of(loaded.Method, first, partId) : null;
        }
        catch (Exception error) when (error is SerializationException or ArgumentException or FormatException or InvalidOperationException or OverflowException or InvalidCastException or NullReferenceException)
        {
            return null; // the library has no exception of its own for what it cannot read
        }
    }

    private static Invitation Of(string? method, CalendarEvent first, string partId)
    {
        var allDay = first.DtStart is { HasTime: false };
        return new(
            Named<InvitationMethod>(method), Line(first.Uid), first.Sequence, Line(first.Summary),
            first.Description is { } about ? TextRendering.CutAt(Characters.Body(about), MaxDescription) : null, Line(first.Location),
            Instant(first.DtStart), Instant(first.DtEnd ?? EndOf(first)), allDay, allDay ? null : Line(first.DtStart?.TzId),
            first.RecurrenceRule is not null || first.RecurrenceDates.GetAllDates().Any(), Named<EventStatus>(first.Status),
            first.Organizer is { } organizer && Mail(organizer.Value) is { } from ? new Address(from, Line(organizer.CommonName)) : null,
            [.. first.Attendees.Take(MaxAttendees).Select(Of).OfType<Attendee>()], partId);
    }

    private static CalDateTime? EndOf(CalendarEvent first) => first is { DtStart: { } start, Duration: { } lasts } ? start.Add(lasts) : null;

    private static Attendee? Of(Ical.Net.DataTypes.Attendee invited) => Mail(invited.Value) is { } address
        ? new(address, Line(invited.CommonName), Named<ParticipationStatus>(invited.ParticipationStatus) ?? ParticipationStatus.NeedsAction,
            "OPT-PARTICIPANT".Equals(invited.Role, StringComparison.OrdinalIgnoreCase))
        : null;

    private static DateTimeOffset? Instant(CalDateTime? time)
    {
        if (time is null || time.Value == default) { return null; }

        try { return time.HasTime ? new(DateTime.SpecifyKind(time.AsUtc, DateTimeKind.Utc)) : new(DateTime.SpecifyKind(time.Value.Date, DateTimeKind.Utc)); }
        catch (ArgumentException) { return null; } // a time zone only the sender knows
    }

    private static string? Mail(Uri? uri) =>
        uri is { Scheme: "mailto" } ? Line(Uri.UnescapeDataString(uri.OriginalString[(uri.OriginalString.IndexOf(':', StringComparison.Ordinal) + 1)..])) : null;

    private static string? Line(string? text) => text is null ? null : TextRendering.CutAt(Characters.Line(text), MaxLine) is { Length: > 0 } line ? line : null;

    private static T? Named<T>(string? word) where T : struct, Enum =>
        Enum.TryParse<T>(word?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
