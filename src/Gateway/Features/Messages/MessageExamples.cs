using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>A message as the OpenAPI document shows it.</summary>
internal static class MessageExamples
{
    private static readonly MailboxId Inbox = new(1);
    private static readonly MessageKey Key = new(Inbox, 4711);
    private static readonly Address Ann = new("ann@example.com", "Ann Berg");
    private static readonly Address Bob = new("bob@example.com", "Bob");
    private static readonly DateTimeOffset Received = new(2026, 10, 1, 10, 0, 2, 417, TimeSpan.Zero);
    private static readonly DateTimeOffset Sent = new(2026, 10, 1, 10, 0, 0, TimeSpan.Zero);

    public static MessageRow Row { get; } = new(
        Key, Inbox, "Lunch on Friday?", [Ann], [Bob], Received, Sent, Size: 18_213, [MessageFlag.Seen], ["$label1"],
        "Shall we try the new place?", HasAttachments: true, Defects: null);

    public static Message Whole { get; } = new(
        Key, Inbox, Row.Subject, Row.From, Row.To, Cc: [], Bcc: [], ReplyTo: [], Received, Sent, Row.Size, Row.Flags, Row.Keywords, Row.Preview,
        HasAttachments: true, "f81d4fae@example.com", InReplyTo: null, References: [], "Shall we try the new place?", Html: null,
        new("0", "multipart/mixed", null, 0, null, null,
        [
            new("1", "text/plain", null, 29, null, null, null),
            new("2", "application/pdf", "menu.pdf", 12_645, "attachment", null, null),
        ]),
        [new("2", "menu.pdf", "application/pdf", 12_645, "attachment", null)],
        new("mx.example.com", new(AuthenticationVerdict.Pass, "example.com"), [new(AuthenticationVerdict.Pass, "example.com")], new(AuthenticationVerdict.Pass, "example.com"), Arc: null),
        Unsubscribe: null, ReadReceiptTo: [], Calendar: null, DeliveryReport: null, Defects: []);

    public static MessageUpdate Update { get; } = new(new([MessageFlag.Seen], [MessageFlag.Flagged]), MailboxId: new MailboxId(4));

    public static MessageBatch Batch { get; } = new(new(Flags: new([MessageFlag.Seen]), MoveTo: new MailboxId(4)), [Key, new(Inbox, 4712)]);
}
