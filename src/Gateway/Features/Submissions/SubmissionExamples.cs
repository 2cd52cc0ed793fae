using Gateway.Mail.Smtp;
using Gateway.Rendering;

namespace Gateway.Features.Submissions;

/// <summary>A mail to send, and what became of it, as the OpenAPI document shows them.</summary>
internal static class SubmissionExamples
{
    private static readonly DateTimeOffset Taken = new(2026, 10, 1, 10, 0, 0, TimeSpan.Zero);

    public static SubmissionRequest Request { get; } = new(
        To: [new("bob@example.com", "Bob")], Subject: "Lunch on Friday?", Text: "Shall we try the new place?", Html: "<p>Shall we try the <b>new</b> place?</p>",
        Attachments: [new("menu.txt", "text/plain", "Soup of the day"u8.ToArray())]);

    public static Submission Sent { get; } = new(
        "01999f5e0d4c7000b3a1c2d3e4f50617", SubmissionState.Sent, "f81d4fae@example.com", Taken, SendAt: null,
        [new("bob@example.com", RecipientState.Accepted, "250 2.1.5 Ok")],
        [new(Taken.AddMilliseconds(12), SubmissionResult.Accepted, "250 2.0.0 Ok: queued as 4XyZ")],
        SentMessageId: new(new(3), 815));
}
