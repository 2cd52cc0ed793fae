using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>The number of a mailbox, allotted once per account, path and UIDVALIDITY.</summary>
internal sealed class MailboxRecord
{
    public required AccountId Account { get; init; }
    public required long Number { get; init; }
    public required string Path { get; set; }
    public required long UidValidity { get; init; }
}
