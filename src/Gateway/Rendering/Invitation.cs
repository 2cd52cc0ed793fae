namespace Gateway.Rendering;

/// <summary>A calendar invitation, answer or cancellation that came with a message (RFC 5546), or an event sent along.</summary>
/// <param name="Method">What it is for; absent when it says nothing.</param>
/// <param name="Uid">Names the event, in all its versions.</param>
/// <param name="Sequence">Its version.</param>
/// <param name="Summary">Its title.</param>
/// <param name="Description">About it, as text; at most 10,000 characters.</param>
/// <param name="Location">Where.</param>
/// <param name="Start">When it begins; midnight UTC of the day when it lasts whole days. Absent when the time zone is not known.</param>
/// <param name="End">When it ends, that moment not included.</param>
/// <param name="AllDay">Whether it lasts whole days, wherever the reader is.</param>
/// <param name="TimeZone">The zone it was planned in, as the sender calls it.</param>
/// <param name="Recurs">Whether it happens again; the times are those of the first.</param>
/// <param name="Status">Whether it takes place.</param>
/// <param name="Organizer">Whom answers go to.</param>
/// <param name="Attendees">Who is invited; the first 500.</param>
/// <param name="PartId">The part that holds it, to be downloaded whole.</param>
public sealed record Invitation(
    InvitationMethod? Method, string? Uid, int Sequence, string? Summary, string? Description, string? Location,
    DateTimeOffset? Start, DateTimeOffset? End, bool AllDay, string? TimeZone, bool Recurs, EventStatus? Status,
    Address? Organizer, IReadOnlyList<Attendee> Attendees, string PartId);
