using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>A further account that a webmail session reaches.</summary>
internal sealed class SessionAccountRecord
{
    public required Guid SessionId { get; init; }
    public required AccountId Account { get; init; }
    public DateTimeOffset AddedAt { get; init; }
}
