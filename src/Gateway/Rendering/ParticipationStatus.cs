namespace Gateway.Rendering;

/// <summary>What an attendee has answered (RFC 5545 section 3.2.12).</summary>
public enum ParticipationStatus
{
    NeedsAction,
    Accepted,
    Declined,
    Tentative,
    Delegated,
}
