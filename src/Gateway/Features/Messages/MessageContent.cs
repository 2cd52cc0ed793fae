using Gateway.Mail;
using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>What a read of one message brings and never changes: its facts and the rendered bodies.</summary>
/// <param name="Unpacked">What was found inside a winmail.dat.</param>
internal sealed record MessageContent(
    MessageFacts Facts, string? Text, string? Html, HeaderDetails Details, Invitation? Calendar, DeliveryReport? Report, IReadOnlyList<Attachment> Unpacked,
    IReadOnlyList<Defect> Defects)
{
    /// <summary>Roughly the bytes this takes in memory.</summary>
    public long Weight => 2048 + 2L * ((Text?.Length ?? 0) + (Html?.Length ?? 0));

    public Message With(MessageKey id, MailboxId mailbox, MessageFlags flags, IEnumerable<string> keywords) => new(
        id, mailbox, Facts.Subject, Facts.From, Facts.To, Facts.Outline?.Cc ?? [], Facts.Outline?.Bcc ?? [], Facts.Outline?.ReplyTo ?? [],
        Facts.ReceivedAt, Facts.SentAt, Facts.Size, Messages.Flags.Of(flags, keywords), Messages.Flags.KeywordsOf(keywords),
        Facts.Preview ?? (Text is null ? null : TextRendering.Preview(Text)), Facts.HasAttachments,
        Facts.Outline?.MessageIdHeader, Facts.Outline?.InReplyTo, Facts.Outline?.References ?? [],
        Text, Html, Facts.Outline?.Parts.Tree, [.. Facts.Outline?.Parts.Attachments ?? [], .. Unpacked],
        Details.Authentication, Details.Unsubscribe, Details.ReadReceiptTo, Calendar, Report, Defects);

    /// <summary>The same of a message that is attached to another.</summary>
    public AttachedMessage Attached(string partId) => new(
        partId, Facts.Subject, Facts.From, Facts.To, Facts.Outline?.Cc ?? [], Facts.Outline?.Bcc ?? [], Facts.Outline?.ReplyTo ?? [],
        Facts.SentAt, Facts.Size, Facts.Outline?.MessageIdHeader, Facts.Outline?.InReplyTo, Facts.Outline?.References ?? [],
        Text, Html, Facts.Outline?.Parts.Tree, [.. Facts.Outline?.Parts.Attachments ?? [], .. Unpacked], Calendar, Report, Defects);
}
