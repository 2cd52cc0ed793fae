using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>A whole message but for its attachments' bytes.</summary>
/// <param name="ReceivedAt">When it reached the mailbox (IMAP's internal date).</param>
/// <param name="SentAt">What its Date header says; absent when that cannot be read.</param>
/// <param name="Size">Bytes of the raw message.</param>
/// <param name="MessageIdHeader">The Message-ID header, without angle brackets.</param>
/// <param name="References">Message-IDs of the conversation so far, oldest first, without angle brackets.</param>
/// <param name="Text">The plain text, or the html as text when there is none; at most 512 KB.</param>
/// <param name="Html">A fragment that is safe to show: no script, no remote load, images by cid pointing at attachments.</param>
/// <param name="Parts">The part tree, numbered as IMAP does.</param>
/// <param name="Defects">What is wrong with the message; empty when nothing is.</param>
public sealed record Message(
    MessageKey Id, MailboxId MailboxId, string Subject, IReadOnlyList<Address> From, IReadOnlyList<Address> To,
    IReadOnlyList<Address> Cc, IReadOnlyList<Address> Bcc, IReadOnlyList<Address> ReplyTo,
    DateTimeOffset ReceivedAt, DateTimeOffset? SentAt, long Size, IReadOnlyList<MessageFlag> Flags, IReadOnlyList<string> Keywords,
    string? Preview, bool HasAttachments, string? MessageIdHeader, string? InReplyTo, IReadOnlyList<string> References,
    string? Text, string? Html, Part? Parts, IReadOnlyList<Attachment> Attachments, IReadOnlyList<Defect> Defects);
