using Gateway.Features.Accounts;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Submissions;

internal static class SubmitMerge
{
    private const int MaxRecipients = 500;

    /// <summary>All mails of a merge are made before any is promised.</summary>
    private const long MaxBytes = 100 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder submissions) => submissions.MapPost("merge", HandleAsync)
        .WithName("SubmitMerge").WithSummary("Fill a template in for each recipient and send each their own mail: all are stored durably, or none")
        .WithMetadata(new RequestSizeLimitAttribute(SubmitMessage.MaxBody)).WithMetadata(new IdempotencyKey.Kept()).WithProblems(409, 413, 422, 502, 503, 504).RequireScope(Scopes.MailSend);

    /// <param name="accountId">The account to send from.</param>
    /// <param name="request">The template and whom it is for.</param>
    /// <param name="idempotencyKey">A retry with the same key and body answers the same merge and sends nothing twice; at most 255 characters.</param>
    internal static async Task<Results<Accepted<MergeResult>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MergeRequest request, GatewayDb db, HttpContext context, Outbox outbox, MessageBuilding building, SubmissionIds ids, TimeProvider clock, CancellationToken ct,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey = null)
    {
        if (await db.AccountAsync(accountId, ct) is not { } account) { return Problems.AccountNotFound; }

        if (account.Smtp is null) { throw new MailException(MailFault.NotConfigured, "The account has no SMTP server."); }

        if (IdempotencyKey.Fault(idempotencyKey) is { } malformed) { return malformed; }

        var (key, hash) = (IdempotencyKeys.Of(context.Caller(), idempotencyKey), IdempotencyKeys.Hash(idempotencyKey, request));
        if (key is not null && await outbox.FindAsync(accountId, key, ct) is { } earlier) { return await AgainAsync(outbox, earlier, hash!, ct); }

        var now = clock.GetUtcNow();
        var checks = new Checks();
        SendingTime.Check(checks, request.SendAt, request.UndoSeconds, now);
        CheckRecipients(checks, request.Recipients);
        var merge = Guid.CreateVersion7(now);
        var made = new List<(SubmissionRecord Submission, byte[] Sealed)>();
        for (var (n, bytes) = (0, 0L); checks.Passed && n < request.Recipients.Count; n++)
        {
            var own = new Checks();
            using var message = await building.ComposeAsync(account, request.For(request.Recipients[n]), own, ct);
            // One mail's faults are most likely those of all: told once.
            foreach (var fault in own.Faults) { checks.Fail(fault.Pointer!, $"{fault.Detail} (in the mail for recipient {n})"); }

            if (message is null) { break; }

            var submission = new SubmissionRecord
            {
                Id = ids.Next(now), Account = accountId, State = SubmissionState.Queued, Sender = SubmitMessage.SenderOf(message), MessageIdHeader = message.MessageId!,
                CreatedAt = now, SaveToSent = request.SaveToSent ?? true, MergeId = merge, IdempotencyKey = n == 0 ? key : null, IdempotencyHash = n == 0 ? hash : null,
            };
            SendingTime.Set(submission, request.SendAt, request.UndoSeconds, request.Hold ?? false, now);
            submission.Recipients.AddRange(SubmitMessage.RecipientsOf(message, submission.Id));
            var box = await outbox.SealAsync(accountId, message, ct);
            made.Add((submission, box));
            if ((bytes += box.Length) > MaxBytes) { checks.Fail("", $"makes more than {MaxBytes >> 20} MB of mail: send it in parts"); }
        }

        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        try { await outbox.AddAsync(accountId, made, ct); }
        catch (DbUpdateException) when (key is not null)
        {
            // The same key came twice at once: the other request was first.
            if (await outbox.FindAsync(accountId, key, ct) is { } first) { return await AgainAsync(outbox, first, hash!, ct); }

            throw;
        }

        return Answer(accountId, merge, made.Select(m => m.Submission));
    }

    private static void CheckRecipients(Checks checks, IReadOnlyList<MergeRecipient> recipients)
    {
        if (recipients.Count is 0 or > MaxRecipients) { checks.Fail("/recipients", $"must have 1 to {MaxRecipients} items"); }

        for (var n = 0; checks.Passed && n < recipients.Count; n++)
        {
            if (recipients[n] is not { } recipient) { checks.Fail($"/recipients/{n}", "must not be null"); }
            else { SubmissionChecks.CheckAddress(checks, $"/recipients/{n}/to", recipient.To); }
        }
    }

    private static async Task<Results<Accepted<MergeResult>, ProblemHttpResult>> AgainAsync(Outbox outbox, SubmissionRecord earlier, byte[] hash, CancellationToken ct) =>
        earlier.MergeId is { } merge && earlier.IdempotencyHash!.AsSpan().SequenceEqual(hash)
            ? Answer(earlier.Account, merge, await outbox.OfMergeAsync(earlier.Account, merge, ct))
            : Problems.IdempotencyKeyReused;

    private static Accepted<MergeResult> Answer(AccountId account, Guid merge, IEnumerable<SubmissionRecord> made) =>
        TypedResults.Accepted(
            $"/v1/accounts/{account}/submissions?mergeId={merge:N}", new MergeResult($"{merge:N}", [.. made.Select(s => new MergedMail(s.Recipients[0].Address, $"{s.Id:N}"))]));
}
