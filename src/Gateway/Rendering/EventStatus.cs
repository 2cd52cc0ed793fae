namespace Gateway.Rendering;

/// <summary>Whether an event takes place (RFC 5545 section 3.8.1.11).</summary>
public enum EventStatus
{
    Tentative,
    Confirmed,
    Cancelled,
}
