using Gateway.Features.Templates;
using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Submissions;

/// <summary>How an attachment is meant.</summary>
public enum AttachmentDisposition
{
    Attachment,

    /// <summary>Shown within the html by its contentId.</summary>
    Inline,
}

/// <summary>A file to send along: its bytes, or an upload, or a part of a message in the same account.</summary>
/// <param name="FileName">What it is called; absent: as the part it is taken from, else after its type.</param>
/// <param name="ContentType">Media type; <c>application/octet-stream</c> when absent.</param>
/// <param name="Content">The bytes, in base64.</param>
/// <param name="BlobId">Take this upload instead of <paramref name="Content"/>.</param>
/// <param name="MessageId">Take the part of this message instead of <paramref name="Content"/>.</param>
/// <param name="PartId">Which part of that message.</param>
/// <param name="ContentId">What <c>cid:</c> links of the html name it by.</param>
/// <param name="Disposition"><c>attachment</c> when absent.</param>
public sealed record SubmissionAttachment(
    string? FileName = null, string? ContentType = null, byte[]? Content = null, MessageKey? MessageId = null, string? PartId = null,
    string? ContentId = null, AttachmentDisposition? Disposition = null, string? BlobId = null);

/// <summary>A mail to send.</summary>
/// <param name="To">Whom it is for; to, cc and bcc together have 1 to 500.</param>
/// <param name="Cc">Who gets a copy.</param>
/// <param name="Bcc">Get the mail; no other recipient sees them.</param>
/// <param name="ReplyTo">Where answers should go, when not to the sender.</param>
/// <param name="From">The account's own address or that of an identity, with any name; absent: the default identity's, else the account's.</param>
/// <param name="Subject">At most 4,000 characters.</param>
/// <param name="Text">The plain text. With html as well, the reader's program chooses.</param>
/// <param name="Html">The HTML text, sent as it is.</param>
/// <param name="Attachments">Files to send along, at most 200.</param>
/// <param name="InReplyTo">The id of the message this answers: it is threaded with it, and flagged answered once this is sent.</param>
/// <param name="Forwards">The id of the message this passes on: it is flagged forwarded once this is sent.</param>
/// <param name="Headers">Further header fields, at most 50.</param>
/// <param name="SaveToSent">File a copy in the Sent mailbox; <c>true</c> when absent.</param>
/// <param name="SendAt">Not before this; at most a year ahead.</param>
/// <param name="UndoSeconds">Wait so long before sending, 0 to 3,600, so that it can be canceled.</param>
/// <param name="Hold">Keep it back until it is released.</param>
/// <param name="Template">What makes subject, text and html, instead of these.</param>
/// <param name="Raw">The whole mail in base64 (RFC 5322), instead of from, to, cc, bcc, replyTo, subject, text, html, template, attachments and headers. It goes to whom its own To, Cc and Bcc name.</param>
public sealed record SubmissionRequest(
    IReadOnlyList<Address>? To = null, IReadOnlyList<Address>? Cc = null, IReadOnlyList<Address>? Bcc = null,
    IReadOnlyList<Address>? ReplyTo = null, Address? From = null, string? Subject = null, string? Text = null, string? Html = null,
    IReadOnlyList<SubmissionAttachment>? Attachments = null, MessageKey? InReplyTo = null,
    IReadOnlyDictionary<string, string>? Headers = null, bool? SaveToSent = null, MessageKey? Forwards = null,
    DateTimeOffset? SendAt = null, int? UndoSeconds = null, bool? Hold = null, byte[]? Raw = null, TemplateUse? Template = null);
