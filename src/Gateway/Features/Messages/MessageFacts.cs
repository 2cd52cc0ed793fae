using Gateway.Mail;
using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>What never changes about a message (its UID names these bytes for good, RFC 9051 section 2.3.1.1), so that it is read once.</summary>
/// <param name="Outline">Absent when the server's description of the message cannot be read.</param>
internal sealed record MessageFacts(
    string Subject, IReadOnlyList<Address> From, IReadOnlyList<Address> To, DateTimeOffset ReceivedAt, DateTimeOffset? SentAt,
    long Size, string? Preview, MessageOutline? Outline, IReadOnlyList<Defect>? Defects)
{
    public bool HasAttachments => Outline?.Parts.Attachments.Any(a => a.Disposition == "attachment") ?? false;

    public static MessageFacts Of(IMessageSummary summary)
    {
        var parts = summary.Body is { } body ? BodyParts.Read(body) : null;
        List<Defect> defects = [.. parts?.Defects ?? []];
        if (parts is null) { defects.Add(new("structure-unreadable", "The server did not describe this message. Open the raw message.")); }

        var envelope = summary.Envelope;
        if (envelope is null) { defects.Add(new("unreadable", "The server gave no envelope for this message.")); }

        var from = Address.From(envelope?.From);
        return new(
            envelope?.Subject ?? "", from, Address.From(envelope?.To), summary.InternalDate ?? default,
            SentDate.Of(envelope), summary.Size ?? 0, summary.PreviewText is { } begin ? TextRendering.Preview(begin) : null,
            parts is null ? null : MessageOutline.Of(summary, from, parts), defects.Count > 0 ? defects : null);
    }

    public MessageRow Row(MessageKey id, MailboxId mailbox, MessageFlags flags, IEnumerable<string> keywords) => new(
        id, mailbox, Subject, From, To, ReceivedAt, SentAt, Size, Flags.Of(flags, keywords), Flags.KeywordsOf(keywords),
        Preview, HasAttachments, Defects);
}
