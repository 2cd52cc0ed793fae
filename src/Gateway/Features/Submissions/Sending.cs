using System.Security.Cryptography;
using Gateway.Features.Metrics;
using Gateway.Features.Pacing;
using Gateway.Features.Reports;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Smtp;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Gateway.Features.Submissions;

/// <summary>Hands mails to the SMTP server and writes down what it said.</summary>
internal sealed partial class Sending(
    Outbox outbox, SmtpPool smtp, Filing filing, SenderWatching watching, Measures measures, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<Sending> logger)
{
    /// <summary>Somebody canceled or changed the submission before it was handed over: nothing left, and what they did stands.</summary>
    private static readonly SubmissionOutcome Changed = new(SubmissionResult.TemporaryFailure, null, null, []);

    /// <summary>One attempt for each, in their order, as far as the pace allows. What became of one is written down together with the hand-over of the next.</summary>
    public async Task SendAsync(IReadOnlyList<SubmissionRecord> due, AccountPace pace, CancellationToken ct)
    {
        var settled = Task.CompletedTask;
        var (opening, goes) = (outbox.OpenMimeAsync(due[0], ct), MayGo(due[0], pace));
        try
        {
            for (var n = 0; goes; n++)
            {
                var (submission, opened) = (due[n], opening);
                if (n + 1 < due.Count) { opening = outbox.OpenMimeAsync(due[n + 1], ct); } // read while this one is sent

                if (await SubmitAsync(submission, opened, pace, ct) is not { } outcome) { return; }

                goes = n + 1 < due.Count && MayGo(due[n + 1], pace);
                if (outcome == Changed) { continue; }

                // From the answer on not cancellable: what the server said must be written down.
                var before = settled;
                settled = SettleAsync(submission, outcome, isLast: !goes);
                await before;
            }
        }
        finally
        {
            _ = opening.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default); // told when it is tried
            await settled;
        }
    }

    /// <summary>Mails of a merge let one pass that came meanwhile; all of them keep to the pace.</summary>
    private bool MayGo(SubmissionRecord submission, AccountPace pace) =>
        !(submission.MergeId is not null && outbox.HasNewSingle(submission.Account))
        && pace.Take(submission.Recipients.Count(r => r.State == RecipientState.Pending), clock.GetUtcNow());

    /// <summary>Takes up what was left in the middle: nothing had left the house, or nobody knows.</summary>
    public Task RecoverAsync(SubmissionRecord submission, CancellationToken ct)
    {
        const string interrupted = "The attempt was interrupted on our side.";
        ct.ThrowIfCancellationRequested();
        return submission.HandedOverAt is null
            ? PutBackAsync(submission, interrupted)
            : SettleAsync(submission, new(SubmissionResult.Unknown, interrupted, null, []), isLast: true);
    }

    /// <summary>Due again at once: the mail never left.</summary>
    private Task PutBackAsync(SubmissionRecord submission, string reply)
    {
        End(submission, SubmissionResult.TemporaryFailure, reply);
        (submission.State, submission.DueAt) = (SubmissionState.Queued, clock.GetUtcNow());
        return outbox.SaveAsync(submission, tell: true, CancellationToken.None);
    }

    private async Task SettleAsync(SubmissionRecord submission, SubmissionOutcome outcome, bool isLast)
    {
        if (outcome.Result == SubmissionResult.Unknown && await filing.IsInSentAsync(submission, CancellationToken.None))
        {
            outcome = new(SubmissionResult.Accepted, "The server's answer was lost, but a copy is in Sent.", null, []);
        }

        measures.Attempted(outcome.Result);
        if (outcome.Result is SubmissionResult.Accepted or SubmissionResult.Unknown) { watching.Sent(submission.Account); }

        End(submission, outcome.Result, outcome.Reply);
        Apply(submission, outcome);
        try { await (isLast ? outbox.SaveAsync(submission, tell: true, CancellationToken.None) : outbox.SaveSoonAsync(submission, CancellationToken.None)); }
        catch (DbUpdateConcurrencyException) when (outcome.Result == SubmissionResult.TemporaryFailure)
        {
            // No session could be had, and somebody changed it meanwhile.
        }
    }

    /// <summary>Null when the server stops before the mail was handed over: on record it is still due.</summary>
    private async Task<SubmissionOutcome?> SubmitAsync(SubmissionRecord submission, Task<MimeMessage> opened, AccountPace pace, CancellationToken ct)
    {
        var attempt = new AttemptRecord { SubmissionId = submission.Id, Number = ++submission.Attempts, At = clock.GetUtcNow(), IsNew = true };
        submission.AttemptLog.Add(attempt);
        var pending = submission.Recipients.Where(r => r.State == RecipientState.Pending).OrderBy(r => r.Position).Select(r => r.Address).ToList();
        var handedOver = false;
        try
        {
            using var message = await opened;
            var outcome = await smtp.SubmitAsync(submission.Account, new(submission.Sender, pending, message), HandOverAsync, ct);
            pace.Answered(outcome, clock.GetUtcNow());
            return outcome;
        }
        catch (MailException fault)
        {
            if (fault.Fault == MailFault.Throttled) { pace.AskedForLess(clock.GetUtcNow()); }

            // No session: nothing was sent. Even wrong credentials are for the moment, since they can be mended within the days we try.
            var result = fault.Fault is MailFault.NotConfigured or MailFault.AccountGone ? SubmissionResult.PermanentFailure : SubmissionResult.TemporaryFailure;
            return All(result, fault.ServerText is { } words ? $"{fault.Message} {words}" : fault.Message);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or FormatException)
        {
            Log.AttemptFailed(logger, unreadable, submission.Account, submission.Id);
            return All(SubmissionResult.PermanentFailure, "The stored mail cannot be read any more.");
        }
        catch (DbUpdateConcurrencyException) when (!handedOver) { return Changed; }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { return null; }
        catch (Exception error)
        {
            Log.AttemptFailed(logger, error, submission.Account, submission.Id);
            return All(handedOver ? SubmissionResult.Unknown : SubmissionResult.TemporaryFailure, "The attempt failed on our side.");
        }

        async Task HandOverAsync(CancellationToken handing)
        {
            attempt.Recipients = pending.Count;
            (submission.State, submission.DueAt, submission.HandedOverAt) = (SubmissionState.Sending, null, clock.GetUtcNow());
            pace.Count(submission.HandedOverAt.Value, pending.Count);
            await outbox.SaveAsync(submission, tell: true, handing);
            (attempt.IsNew, handedOver) = (false, true);
        }

        SubmissionOutcome All(SubmissionResult result, string reply) =>
            new(result, reply, null, [.. pending.Select(address => new RecipientOutcome(address, result, reply, null))]);
    }

    private void Apply(SubmissionRecord submission, SubmissionOutcome outcome)
    {
        var now = clock.GetUtcNow();
        var giveUp = now - (submission.TriedFrom ?? submission.CreatedAt) >= options.Value.GiveUpAfter;
        foreach (var recipient in submission.Recipients.Where(r => r.State == RecipientState.Pending))
        {
            var said = outcome.Recipients.FirstOrDefault(r => r.Address.Equals(recipient.Address, StringComparison.OrdinalIgnoreCase));
            recipient.Reply = said?.Reply ?? outcome.Reply;
            recipient.State = (said?.Result ?? outcome.Result) switch
            {
                SubmissionResult.Accepted => RecipientState.Accepted,
                SubmissionResult.Unknown => RecipientState.Unknown,
                SubmissionResult.TemporaryFailure when !giveUp => RecipientState.Pending,
                _ => RecipientState.Failed,
            };
        }

        submission.State = SubmissionOutcomes.Of(submission);
        submission.DueAt = submission.State == SubmissionState.Queued ? now + options.Value.WaitAfter(submission.Attempts) : null;
        var firstAccepted = submission is { FilingTries: 0, FilingDueAt: null } && submission.Recipients.Exists(r => r.State == RecipientState.Accepted);
        if (firstAccepted && (submission.SaveToSent || submission.InReplyTo is not null || submission.Forwards is not null || submission.DraftId is not null)) { submission.FilingDueAt = now; }
    }

    private static void End(SubmissionRecord submission, SubmissionResult result, string? reply)
    {
        submission.HandedOverAt = null;
        if (submission.AttemptLog.Find(a => a.Result is null) is { } attempt) { (attempt.Result, attempt.Reply) = (result, reply); }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "An attempt failed for account {Account}, submission {Submission}")]
        public static partial void AttemptFailed(ILogger logger, Exception error, AccountId account, Guid submission);
    }
}
