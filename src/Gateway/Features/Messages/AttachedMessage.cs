using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>A message that is attached to another one, opened where it is.</summary>
/// <param name="PartId">The part that holds it.</param>
/// <param name="Subject">Its Subject header, decoded; empty when there is none.</param>
/// <param name="From">Whom it says it is from: never proof, and nobody has checked this one.</param>
/// <param name="To">Whom it is addressed to.</param>
/// <param name="Cc">Who gets a copy.</param>
/// <param name="Bcc">Who gets a copy unseen, where the header still says so.</param>
/// <param name="ReplyTo">Where answers should go, when not to the sender.</param>
/// <param name="SentAt">What its Date header says; absent when that cannot be read.</param>
/// <param name="Size">Bytes of its part.</param>
/// <param name="MessageIdHeader">The Message-ID header, without angle brackets.</param>
/// <param name="InReplyTo">Message-ID of what it answers, without angle brackets.</param>
/// <param name="References">Message-IDs of the conversation so far, oldest first, without angle brackets.</param>
/// <param name="Text">The plain text, or the html as text when there is none; at most 512 KB.</param>
/// <param name="Html">A fragment that is safe to show, as that of any message.</param>
/// <param name="Parts">Its part tree; ids are those of the whole message, to be used with its attachments.</param>
/// <param name="Attachments">Everything in it that is not shown as its text, messages included: they open the same way.</param>
/// <param name="Calendar">The invitation or event that came with it.</param>
/// <param name="DeliveryReport">What it reports of a message that was sent.</param>
/// <param name="Defects">What is wrong with it; empty when nothing is.</param>
public sealed record AttachedMessage(
    string PartId, string Subject, IReadOnlyList<Address> From, IReadOnlyList<Address> To, IReadOnlyList<Address> Cc, IReadOnlyList<Address> Bcc,
    IReadOnlyList<Address> ReplyTo, DateTimeOffset? SentAt, long Size, string? MessageIdHeader, string? InReplyTo, IReadOnlyList<string> References,
    string? Text, string? Html, Part? Parts, IReadOnlyList<Attachment> Attachments, Invitation? Calendar, DeliveryReport? DeliveryReport,
    IReadOnlyList<Defect> Defects);
