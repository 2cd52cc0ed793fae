using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>What a message says of itself beyond its row: the rest of its header, and what it is made of.</summary>
internal sealed record MessageOutline(
    IReadOnlyList<Address> Cc, IReadOnlyList<Address> Bcc, IReadOnlyList<Address> ReplyTo,
    string? MessageIdHeader, string? InReplyTo, IReadOnlyList<string> References, BodyParts Parts)
{
    public static MessageOutline Of(IMessageSummary summary, IReadOnlyList<Address> from, BodyParts parts)
    {
        var envelope = summary.Envelope;
        // ENVELOPE repeats From where there is no Reply-To (RFC 9051 section 7.5.2).
        var replyTo = Address.From(envelope?.ReplyTo);
        return new(
            Address.From(envelope?.Cc), Address.From(envelope?.Bcc), replyTo.SequenceEqual(from) ? [] : replyTo,
            envelope?.MessageId, envelope?.InReplyTo, [.. summary.References ?? []], parts);
    }
}
