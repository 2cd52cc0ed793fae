using Gateway.Mail;

namespace Gateway.Features.Reports;

/// <summary>What a report says of one recipient.</summary>
/// <param name="Address">The recipient as it was written to, where the report has it.</param>
/// <param name="Class">Why the mail came back; absent when it did not.</param>
/// <param name="Status">Enhanced status code (RFC 3463), such as <c>5.1.1</c>.</param>
/// <param name="Diagnostic">The words of the server that refused; text of a stranger.</param>
public sealed record ReportRecipient(string Address, BounceClass? Class = null, string? Status = null, string? Diagnostic = null);

/// <summary>A report on a mail that was sent, which arrived as a mail of its own.</summary>
/// <param name="MessageId">The message that reports.</param>
/// <param name="MailboxId">Its mailbox.</param>
/// <param name="ReceivedAt">When it arrived.</param>
/// <param name="SubmissionId">The submission it is about; absent when it is about none of those that are remembered.</param>
/// <param name="OriginalMessageIdHeader">Message-ID of the mail it is about, without angle brackets, when the report has it.</param>
/// <param name="Recipients">What it says of each recipient.</param>
/// <param name="Detail">The kind of complaint (<c>abuse</c>), what the mail program did (<c>displayed</c>), the subject of an automatic reply.</param>
public sealed record MailReport(
    ReportKind Kind, MessageKey MessageId, MailboxId MailboxId, DateTimeOffset ReceivedAt, string? SubmissionId, string? OriginalMessageIdHeader,
    IReadOnlyList<ReportRecipient> Recipients, string? Detail = null);
