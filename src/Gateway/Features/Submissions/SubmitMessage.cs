using Gateway.Features.Accounts;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Gateway.Features.Submissions;

internal static class SubmitMessage
{
    /// <summary>25 MB of attachments in base64.</summary>
    internal const int MaxBody = 35 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder submissions) => submissions.MapPost("", HandleAsync)
        .WithName("SubmitMessage").WithSummary("Send a mail, now or later: answered once it is stored durably, then sent over SMTP in the background")
        .WithMetadata(new RequestSizeLimitAttribute(MaxBody)).WithMetadata(new IdempotencyKey.Kept()).WithProblems(409, 413, 422, 502, 503, 504).RequireScope(Scopes.MailSend);

    /// <param name="accountId">The account to send from.</param>
    /// <param name="request">The mail.</param>
    /// <param name="idempotencyKey">A retry with the same key and body answers the same submission and sends nothing twice; at most 255 characters.</param>
    internal static async Task<Results<Accepted<Submission>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, SubmissionRequest request, GatewayDb db, HttpContext context, Outbox outbox, MessageLocator locator, MessageBuilding building, SubmissionIds ids, OutcomeWait outcome, TimeProvider clock, CancellationToken ct,
        int wait = 0, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey = null)
    {
        if (await db.AccountAsync(accountId, ct) is not { } account) { return Problems.AccountNotFound; }

        if (account.Smtp is null) { throw new Mail.Faults.MailException(Mail.Faults.MailFault.NotConfigured, "The account has no SMTP server."); }

        if ((IdempotencyKey.Fault(idempotencyKey) ?? OutcomeWait.Fault(wait)) is { } malformed) { return malformed; }

        var (key, hash) = (IdempotencyKeys.Of(context.Caller(), idempotencyKey), IdempotencyKeys.Hash(idempotencyKey, request));
        if (key is not null && await outbox.FindAsync(accountId, key, ct) is { } earlier) { return await AgainAsync(earlier); }

        var now = clock.GetUtcNow();
        var checks = new Checks();
        SendingTime.Check(checks, request.SendAt, request.UndoSeconds, now);
        if (request.Raw is not null && request.InReplyTo is { } answered && await locator.FindAsync(accountId, answered, ct) is null) { checks.Fail("/inReplyTo", "names no message of this account"); }

        using var message = await building.ComposeAsync(account, request, checks, ct);
        if (!checks.Passed || message is null) { return Problems.Invalid(checks.Faults); }

        var submission = new SubmissionRecord
        {
            Id = ids.Next(now), Account = accountId, State = SubmissionState.Queued, Sender = SenderOf(message), MessageIdHeader = message.MessageId!,
            CreatedAt = now, SaveToSent = request.SaveToSent ?? true, InReplyTo = request.InReplyTo?.ToString(), Forwards = request.Forwards?.ToString(),
            IdempotencyKey = key, IdempotencyHash = hash,
        };
        SendingTime.Set(submission, request.SendAt, request.UndoSeconds, request.Hold ?? false, now);
        submission.Recipients.AddRange(RecipientsOf(message, submission.Id));
        try { await outbox.AddAsync(submission, message, ct); }
        catch (DbUpdateException) when (key is not null)
        {
            // The same key came twice at once: the other request was first.
            if (await outbox.FindAsync(accountId, key, ct) is { } first) { return await AgainAsync(first); }

            throw;
        }

        return await outcome.AnswerAsync(submission, wait, ct);

        async Task<Results<Accepted<Submission>, ProblemHttpResult>> AgainAsync(SubmissionRecord known) =>
            known.IdempotencyHash!.AsSpan().SequenceEqual(hash) ? await outcome.AnswerAsync(known, wait, ct) : Problems.IdempotencyKeyReused;
    }

    /// <summary>MAIL FROM of the SMTP envelope: who the mail says it is from.</summary>
    internal static string SenderOf(MimeMessage message) => message.From.Mailboxes.First().Address;

    /// <summary>RCPT TO of the SMTP envelope: everybody once.</summary>
    internal static IEnumerable<RecipientRecord> RecipientsOf(MimeMessage message, Guid submission) =>
        message.To.Mailboxes.Concat(message.Cc.Mailboxes).Concat(message.Bcc.Mailboxes).Select(m => m.Address).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select((address, i) => new RecipientRecord { SubmissionId = submission, Position = i, Address = address, State = RecipientState.Pending });

    internal static Accepted<Submission> Answer(SubmissionRecord submission) =>
        TypedResults.Accepted($"/v1/accounts/{submission.Account}/submissions/{submission.Id:N}", Submission.From(submission));
}
