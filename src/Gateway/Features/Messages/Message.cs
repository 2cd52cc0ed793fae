using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>A whole message but for its attachments' bytes.</summary>
/// <param name="Subject">Its Subject header, decoded; empty when there is none.</param>
/// <param name="From">Whom it says it is from: never proof.</param>
/// <param name="To">Whom it is addressed to.</param>
/// <param name="Cc">Who gets a copy.</param>
/// <param name="Bcc">Who gets a copy unseen, where the header still says so.</param>
/// <param name="ReplyTo">Where answers should go, when not to the sender.</param>
/// <param name="ReceivedAt">When it reached the mailbox (IMAP's internal date).</param>
/// <param name="SentAt">What its Date header says; absent when that cannot be read.</param>
/// <param name="Size">Bytes of the raw message.</param>
/// <param name="Flags">Its system flags.</param>
/// <param name="Keywords">Its user flags.</param>
/// <param name="Preview">The beginning of its text.</param>
/// <param name="HasAttachments">Whether anything is attached that its text does not show.</param>
/// <param name="MessageIdHeader">The Message-ID header, without angle brackets.</param>
/// <param name="InReplyTo">Message-ID of what it answers, without angle brackets.</param>
/// <param name="References">Message-IDs of the conversation so far, oldest first, without angle brackets.</param>
/// <param name="Text">The plain text, or the html as text when there is none; at most 512 KB.</param>
/// <param name="Html">A fragment that is safe to show: no script, no remote load, images by cid pointing at attachments.</param>
/// <param name="Parts">The part tree, numbered as IMAP does.</param>
/// <param name="Attachments">Everything that is not shown as its text, in order; then what is inside a winmail.dat.</param>
/// <param name="Authentication">What the account's own mail server found out about the sender; absent when it said nothing.</param>
/// <param name="Unsubscribe">How one leaves the mailing it belongs to.</param>
/// <param name="ReadReceiptTo">Who asks to be told that it was read; nobody is told unless the reader does.</param>
/// <param name="Calendar">The invitation or event that came with it.</param>
/// <param name="DeliveryReport">What it reports of a message that was sent.</param>
/// <param name="Defects">What is wrong with the message; empty when nothing is.</param>
public sealed record Message(
    MessageKey Id, MailboxId MailboxId, string Subject, IReadOnlyList<Address> From, IReadOnlyList<Address> To,
    IReadOnlyList<Address> Cc, IReadOnlyList<Address> Bcc, IReadOnlyList<Address> ReplyTo,
    DateTimeOffset ReceivedAt, DateTimeOffset? SentAt, long Size, IReadOnlyList<MessageFlag> Flags, IReadOnlyList<string> Keywords,
    string? Preview, bool HasAttachments, string? MessageIdHeader, string? InReplyTo, IReadOnlyList<string> References,
    string? Text, string? Html, Part? Parts, IReadOnlyList<Attachment> Attachments,
    SenderAuthentication? Authentication, ListUnsubscribe? Unsubscribe, IReadOnlyList<Address> ReadReceiptTo, Invitation? Calendar, DeliveryReport? DeliveryReport,
    IReadOnlyList<Defect> Defects);
