using Gateway.Mail;
using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>What a read of one message brings and never changes: its facts, the rest of its header, and the rendered bodies.</summary>
internal sealed record MessageContent(
    MessageFacts Facts, IReadOnlyList<Address> Cc, IReadOnlyList<Address> Bcc, IReadOnlyList<Address> ReplyTo,
    string? MessageIdHeader, string? InReplyTo, IReadOnlyList<string> References,
    string? Text, string? Html, Part? Parts, IReadOnlyList<Attachment> Attachments, IReadOnlyList<Defect> Defects)
{
    /// <summary>Roughly the bytes this takes in memory.</summary>
    public long Weight => 2048 + 2L * ((Text?.Length ?? 0) + (Html?.Length ?? 0));

    public Message With(MessageKey id, MailboxId mailbox, MessageFlags flags, IEnumerable<string> keywords) => new(
        id, mailbox, Facts.Subject, Facts.From, Facts.To, Cc, Bcc, ReplyTo, Facts.ReceivedAt, Facts.SentAt, Facts.Size,
        Messages.Flags.Of(flags, keywords), Messages.Flags.KeywordsOf(keywords), Facts.Preview, Facts.HasAttachments,
        MessageIdHeader, InReplyTo, References, Text, Html, Parts, Attachments, Defects);
}
