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
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Gateway.Features.Drafts;

internal static class SendDraft
{
    private const int MaxBytes = 64 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder drafts) => drafts.MapPost("{draftId}/send", HandleAsync)
        .WithName("SendDraft").WithSummary("Send a draft: answered once it is stored durably. The draft goes when the mail is sent; sending it twice sends it once")
        .WithProblems(422).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Accepted<Submission>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey draftId, DraftReading reading, DraftWriting writing, Senders senders, Outbox outbox, SubmissionIds ids, ImapPool pool,
        TimeProvider clock, CancellationToken ct)
    {
        if (await writing.AccountAsync(accountId, ct) is not { } account) { return Problems.AccountNotFound; }

        if (account.Smtp is null) { throw new MailException(MailFault.NotConfigured, "The account has no SMTP server."); }

        var earlier = await outbox.OfDraftAsync(accountId, draftId, ct);
        if (earlier.FirstOrDefault(IsUnderWay) is { } already) { return SubmitMessage.Answer(already); }

        if (await reading.FindAsync(accountId, draftId, ct) is not (var at, _)) { return Problems.MessageNotFound; }

        var checks = new Checks();
        using var message = await ReadAsync(pool, accountId, at, checks, ct);
        var (inReplyTo, forwards) = DraftHeader.Take(message);
        Check(message, await senders.OfAsync(account, ct), checks);
        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        var now = clock.GetUtcNow();
        message.Date = now;
        message.Prepare(EncodingConstraint.SevenBit);
        if (await HasBareLineEndAsync(message, ct)) { return Problems.Invalid([new("", null, "holds a bare CR or LF, which could smuggle another mail; save it again first")]); }

        var submission = new SubmissionRecord
        {
            Id = ids.Next(now), Account = accountId, State = SubmissionState.Queued, Sender = SubmitMessage.SenderOf(message), MessageIdHeader = message.MessageId!,
            CreatedAt = now, DueAt = now, SaveToSent = true, InReplyTo = inReplyTo?.ToString(), Forwards = forwards?.ToString(), DraftId = draftId.ToString(),
            IdempotencyKey = $"\u0001draft {draftId} {earlier.Count}", // no caller can give this one: whoever sends at the same moment gets the same submission
        };
        submission.Recipients.AddRange(SubmitMessage.RecipientsOf(message, submission.Id));
        try { await outbox.AddAsync(submission, message, ct); }
        catch (DbUpdateException)
        {
            return await outbox.FindAsync(accountId, submission.IdempotencyKey, ct) is { } first ? SubmitMessage.Answer(first) : throw new InvalidOperationException("The submission could not be stored.");
        }

        return SubmitMessage.Answer(submission);
    }

    /// <summary>Not known to have failed: a draft of this kind is left alone.</summary>
    public static bool IsUnderWay(SubmissionRecord submission) => submission.State is not SubmissionState.Failed;

    private static async Task<MimeMessage> ReadAsync(ImapPool pool, AccountId account, MessageLocation at, Checks checks, CancellationToken ct)
    {
        using var raw = new MemoryStream();
        await using (var lease = await pool.LeaseAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive, ct))
        {
            await Downloads.CopyMessageAsync(lease, lease.Uid(at), 0, MaxBytes, raw, ct);
        }

        var limits = new ImportLimits();
        limits.Take(raw.GetBuffer().AsSpan(0, (int)raw.Length));
        var fault = raw.Length >= MaxBytes ? "is too large to be sent" : limits.End();
        if (fault is not null) { checks.Fail("", fault); }

        raw.Position = 0;
        try { return fault is null ? await MimeMessage.LoadAsync(raw, ct) : new(); }
        catch (FormatException) { checks.Fail("", "is not a message (RFC 5322)"); }

        return new();
    }

    /// <summary>Any program may have written it: it is held to what a submission is held to.</summary>
    private static void Check(MimeMessage message, SenderChoice senders, Checks checks)
    {
        if (!checks.Passed) { return; }

        if (message.From.Mailboxes.FirstOrDefault() is not { } from || message.From.Count > 1 || !senders.May(from.Address))
        {
            checks.Fail("/from", "must be the account's own address or that of one of its identities");
        }

        var recipients = message.To.Mailboxes.Concat(message.Cc.Mailboxes).Concat(message.Bcc.Mailboxes).ToList();
        if (recipients.Count is 0 or > SubmissionChecks.MaxRecipients) { checks.Fail("/to", $"needs 1 to {SubmissionChecks.MaxRecipients} recipients in to, cc and bcc"); }

        foreach (var recipient in recipients) { SubmissionChecks.CheckAddress(checks, "/to", recipient.Address); }

        message.MessageId ??= MimeKit.Utils.MimeUtils.GenerateMessageId();
    }

    private static async Task<bool> HasBareLineEndAsync(MimeMessage message, CancellationToken ct)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var written = new MemoryStream();
        await message.WriteToAsync(format, written, ct);
        var bytes = written.GetBuffer().AsSpan(0, (int)written.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\r' && (i + 1 == bytes.Length || bytes[i + 1] != '\n')) { return true; }

            if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) { return true; }
        }

        return false;
    }
}
