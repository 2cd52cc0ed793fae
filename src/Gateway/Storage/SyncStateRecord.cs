using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>What an account's mailboxes held when a client last asked what had changed.</summary>
internal sealed class SyncStateRecord
{
    public required Guid Id { get; init; }
    public required AccountId Account { get; init; }

    /// <summary>UIDs as ranges with UIDNEXT and HIGHESTMODSEQ of each mailbox, compressed.</summary>
    public required byte[] Mailboxes { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
