using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>The number of a mailbox, allotted once per account, path and UIDVALIDITY.</summary>
internal sealed class MailboxRecord
{
    public required AccountId Account { get; init; }
    public required long Number { get; init; }
    public required string Path { get; set; }
    public required long UidValidity { get; init; }

    /// <summary>The path under which the event log told of it last; null when it never did, or told that it is gone.</summary>
    public string? ToldAs { get; set; }
}
