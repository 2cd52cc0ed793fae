namespace Gateway.Features.Messages;

/// <summary>The flags every client knows. <c>forwarded</c> is the keyword <c>$Forwarded</c> (RFC 5788) on the server.</summary>
public enum MessageFlag
{
    Seen,
    Flagged,
    Answered,
    Forwarded,
    Draft,
}
