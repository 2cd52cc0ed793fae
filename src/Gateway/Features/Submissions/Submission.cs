using System.Text.Json;
using Gateway.Features.Pacing;
using Gateway.Features.Reports;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Smtp;
using Gateway.Storage;

namespace Gateway.Features.Submissions;

/// <summary>A recipient and what the server said of it.</summary>
/// <param name="Address">The recipient's address.</param>
/// <param name="Reply">The server's last words, as <c>550 5.1.1 no such user</c>.</param>
public sealed record SubmissionRecipient(string Address, RecipientState State, string? Reply);

/// <summary>One try to hand the mail to the SMTP server.</summary>
/// <param name="At">When it began.</param>
/// <param name="Result">Absent while it is under way.</param>
/// <param name="Reply">The server's last words.</param>
public sealed record SubmissionAttempt(DateTimeOffset At, SubmissionResult? Result, string? Reply);

/// <summary>Why a mail that is due has not left yet.</summary>
public enum SubmissionWait
{
    /// <summary>The account, or its SMTP host, has sent as much as it may for now.</summary>
    Pacing,
}

/// <summary>A mail on its way out.</summary>
/// <param name="Id">Submission id.</param>
/// <param name="MessageIdHeader">The Message-ID it was given, without angle brackets: the same at every attempt.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="SendAt">When the next attempt is due; absent when there is none. A mail that waits for something else as well does not go before.</param>
/// <param name="Recipients">Whom it goes to and how it stands with each.</param>
/// <param name="Attempts">Every try to send it, oldest first.</param>
/// <param name="SentMessageId">The copy in the Sent mailbox, once it is there.</param>
/// <param name="MergeId">The merge it was made in, if any.</param>
/// <param name="Reports">What came back of it: bounces, complaints, automatic replies, receipts. At most 200.</param>
/// <param name="DraftId">The draft it was made from, which stays until it is sent.</param>
/// <param name="WaitsFor">What it waits for besides its time; told where submissions are read, not in events.</param>
public sealed record Submission(
    string Id, SubmissionState State, string MessageIdHeader, DateTimeOffset CreatedAt, DateTimeOffset? SendAt,
    IReadOnlyList<SubmissionRecipient> Recipients, IReadOnlyList<SubmissionAttempt> Attempts, MessageKey? SentMessageId, string? MergeId = null,
    IReadOnlyList<MailReport>? Reports = null, MessageKey? DraftId = null, SubmissionWait? WaitsFor = null)
{
    internal static Submission From(SubmissionRecord record, AccountPace? pace, DateTimeOffset now) =>
        record.DueAt <= now && pace?.WaitsUntil(now) is { } until ? From(record) with { SendAt = until, WaitsFor = SubmissionWait.Pacing } : From(record);

    internal static Submission From(SubmissionRecord record) => new(
        record.Id.ToString("N"), record.State, record.MessageIdHeader, record.CreatedAt, record.DueAt,
        [.. record.Recipients.OrderBy(r => r.Position).Select(r => new SubmissionRecipient(r.Address, r.State, r.Reply))],
        [.. record.AttemptLog.OrderBy(a => a.Number).Select(a => new SubmissionAttempt(a.At, a.Result, a.Reply))],
        MessageKey.TryParse(record.SentMessageId, null, out var key) ? key : null, record.MergeId?.ToString("N"),
        record.Reports is null ? null : ReportsOf(record), MessageKey.TryParse(record.DraftId, null, out var draft) ? draft : null);

    internal static IReadOnlyList<MailReport> ReportsOf(SubmissionRecord record) =>
        record.Reports is null ? [] : JsonSerializer.Deserialize<List<MailReport>>(record.Reports, WireJson.Options)!;

    internal static string Json(IReadOnlyList<MailReport> reports) => JsonSerializer.Serialize(reports, WireJson.Options);
}
