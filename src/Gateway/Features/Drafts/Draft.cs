using Gateway.Features.Submissions;
using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Drafts;

/// <summary>A mail that is being written. It stands in the account's Drafts mailbox, where every mail program sees it.</summary>
/// <param name="Id">Its message id, the same however often it is saved.</param>
/// <param name="SavedAt">When it was saved last.</param>
/// <param name="Size">Bytes of the raw message.</param>
/// <param name="From">Who it is from.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="Cc">Who gets a copy.</param>
/// <param name="Bcc">Who gets a copy unseen.</param>
/// <param name="ReplyTo">Where answers should go, when not to the sender.</param>
/// <param name="Subject">Its subject; empty when there is none yet.</param>
/// <param name="Text">Its plain text.</param>
/// <param name="Html">Its HTML, safe to show; what is in its parts is named by `cid:`.</param>
/// <param name="Attachments">Its files. To keep one when saving again, name it by this draft's id and its partId.</param>
/// <param name="InReplyTo">The id of the message it answers.</param>
/// <param name="Forwards">The id of the message it passes on.</param>
public sealed record Draft(
    MessageKey Id, DateTimeOffset SavedAt, long Size, Address? From, IReadOnlyList<Address> To, IReadOnlyList<Address> Cc, IReadOnlyList<Address> Bcc,
    IReadOnlyList<Address> ReplyTo, string Subject, string? Text, string? Html, IReadOnlyList<Attachment> Attachments, MessageKey? InReplyTo, MessageKey? Forwards);

/// <summary>What a draft is, or becomes: all of it, since saving replaces.</summary>
/// <param name="To">Whom it is for; to, cc and bcc together at most 500.</param>
/// <param name="Cc">Who gets a copy.</param>
/// <param name="Bcc">Who gets a copy unseen.</param>
/// <param name="ReplyTo">Where answers should go, when not to the sender.</param>
/// <param name="From">The account's own address or that of an identity; absent: the default identity's, else the account's.</param>
/// <param name="Subject">At most 4,000 characters.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML text, kept as it is.</param>
/// <param name="Attachments">Its files, at most 200; parts of the draft itself may be named.</param>
/// <param name="InReplyTo">The id of the message it answers.</param>
/// <param name="Forwards">The id of the message it passes on.</param>
/// <param name="Headers">Further header fields, at most 50.</param>
public sealed record DraftRequest(
    IReadOnlyList<Address>? To = null, IReadOnlyList<Address>? Cc = null, IReadOnlyList<Address>? Bcc = null, IReadOnlyList<Address>? ReplyTo = null,
    Address? From = null, string? Subject = null, string? Text = null, string? Html = null, IReadOnlyList<SubmissionAttachment>? Attachments = null,
    MessageKey? InReplyTo = null, MessageKey? Forwards = null, IReadOnlyDictionary<string, string>? Headers = null)
{
    internal SubmissionRequest ToSubmission() =>
        new(To, Cc, Bcc, ReplyTo, From, Subject, Text, Html, Attachments, InReplyTo, Headers, Forwards: Forwards);
}
