using Gateway.Features.Identities;
using Gateway.Features.Messages;
using Gateway.Features.Submissions;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Storage;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Gateway.Features.Drafts;

/// <summary>When a draft is to be sent; all absent: now.</summary>
/// <param name="SendAt">Not before this; at most a year ahead.</param>
/// <param name="UndoSeconds">Wait so long before sending, 0 to 3,600, so that it can be canceled.</param>
/// <param name="Hold">Keep it back until it is released.</param>
public sealed record DraftSending(DateTimeOffset? SendAt = null, int? UndoSeconds = null, bool? Hold = null);

internal static class SendDraft
{
    private const int MaxBytes = 64 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder drafts) => drafts.MapPost("{draftId}/send", HandleAsync)
        .WithName("SendDraft").WithSummary("Send a draft: answered once it is stored durably. The draft goes when the mail is sent; sending it twice sends it once")
        .WithProblems(413, 422).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Accepted<Submission>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey draftId, DraftReading reading, DraftWriting writing, Senders senders, Outbox outbox, SubmissionIds ids, OutcomeWait outcome, ImapPool pool,
        TimeProvider clock, CancellationToken ct, int wait = 0, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DraftSending? request = null)
    {
        if (await writing.AccountAsync(accountId, ct) is not { } account) { return Problems.AccountNotFound; }

        if (account.Smtp is null) { throw new MailException(MailFault.NotConfigured, "The account has no SMTP server."); }

        if (OutcomeWait.Fault(wait) is { } malformed) { return malformed; }

        var earlier = await outbox.OfDraftAsync(accountId, draftId, ct);
        if (earlier.FirstOrDefault(IsUnderWay) is { } already) { return await outcome.AnswerAsync(already, wait, ct); }

        if (await reading.FindAsync(accountId, draftId, ct) is not (var at, _)) { return Problems.MessageNotFound; }

        var now = clock.GetUtcNow();
        var checks = new Checks();
        SendingTime.Check(checks, request?.SendAt, request?.UndoSeconds, now);
        using var raw = await ReadAsync(pool, accountId, at, ct);
        if (raw.Length >= MaxBytes) { checks.Fail("", "is too large to be sent"); }

        using var message = checks.Passed ? await RawMail.ReadAsync(raw, "", await senders.OfAsync(account, ct), checks, ct) : null;
        if (!checks.Passed || message is null) { return Problems.Invalid(checks.Faults); }

        var (inReplyTo, forwards) = DraftHeader.Take(message);
        message.Date = request?.SendAt is { } later && later > now ? later : now;
        var submission = new SubmissionRecord
        {
            Id = ids.Next(now), Account = accountId, State = SubmissionState.Queued, Sender = SubmitMessage.SenderOf(message), MessageIdHeader = message.MessageId!,
            CreatedAt = now, SaveToSent = true, InReplyTo = inReplyTo?.ToString(), Forwards = forwards?.ToString(), DraftId = draftId.ToString(),
            IdempotencyKey = $"\u0001draft {draftId} {earlier.Count}", // no caller can give this one: whoever sends at the same moment gets the same submission
        };
        SendingTime.Set(submission, request?.SendAt, request?.UndoSeconds, request?.Hold ?? false, now);
        submission.Recipients.AddRange(SubmitMessage.RecipientsOf(message, submission.Id));
        try { await outbox.AddAsync(submission, message, ct); }
        catch (DbUpdateException)
        {
            return await outbox.FindAsync(accountId, submission.IdempotencyKey, ct) is { } first ? await outcome.AnswerAsync(first, wait, ct) : throw new InvalidOperationException("The submission could not be stored.");
        }

        return await outcome.AnswerAsync(submission, wait, ct);
    }

    /// <summary>Not known to have failed, nor canceled: a draft of this kind is left alone.</summary>
    public static bool IsUnderWay(SubmissionRecord submission) => submission.State is not (SubmissionState.Failed or SubmissionState.Canceled);

    /// <summary>Other programs' drafts are read as well, whatever wrote them.</summary>
    private static async Task<MemoryStream> ReadAsync(ImapPool pool, AccountId account, MessageLocation at, CancellationToken ct)
    {
        var raw = new MemoryStream();
        await using var lease = await pool.LeaseAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive, ct);
        await Downloads.CopyMessageAsync(lease, lease.Uid(at), 0, MaxBytes, raw, ct);
        raw.Position = 0;
        return raw;
    }
}
