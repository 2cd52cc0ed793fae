using MailKit;

namespace Gateway.Features.Messages;

/// <summary>The Date header, or nothing when it cannot be read (the parser says 0001-01-01 then).</summary>
internal static class SentDate
{
    public static DateTimeOffset? Of(Envelope? envelope) => envelope?.Date is { Year: > 1 } date ? date : null;
}
