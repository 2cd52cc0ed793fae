using Gateway.Mail;

namespace Gateway.Features.Messages;

/// <summary>The data of a <c>message.moved</c> event: the message as a list of its new mailbox shows it, under the id it always had.</summary>
public sealed record MovedRow : MessageRow
{
    internal MovedRow(MessageRow row, MailboxId from) : base(row) => FromMailboxId = from;

    /// <summary>The mailbox it is gone from.</summary>
    public MailboxId FromMailboxId { get; }
}
