using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>What the event log has told of a mailbox: written in the transactions of those events.</summary>
internal sealed class WatchPositionRecord
{
    public required AccountId Account { get; init; }
    public required long Mailbox { get; init; }

    /// <summary>UIDs as ranges with the flags of each message, compressed.</summary>
    public required byte[] Told { get; set; }
}
