using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>A message that has moved: its key (where it was first seen) and where it is now.</summary>
internal sealed class AliasRecord
{
    public required AccountId Account { get; init; }
    public required long KeyMailbox { get; init; }
    public required long KeyUid { get; init; }
    public required long Mailbox { get; set; }
    public required long Uid { get; set; }
}
