using System.Text.Json.Serialization;

namespace Gateway.Rendering;

/// <summary>Who is invited to an event.</summary>
/// <param name="Email">The address, without its <c>mailto:</c>.</param>
/// <param name="Name">As the organizer spells it.</param>
/// <param name="Status">What was answered.</param>
/// <param name="Optional">Whether it goes without.</param>
public sealed record Attendee([property: JsonPropertyName("address")] string Email, string? Name, ParticipationStatus Status, bool Optional);
