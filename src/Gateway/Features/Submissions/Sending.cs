using System.Security.Cryptography;
using Gateway.Mail.Faults;
using Gateway.Mail.Smtp;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Submissions;

/// <summary>One attempt: hands the mail to the SMTP server and writes down what it said.</summary>
internal sealed class Sending(Outbox outbox, SmtpPool smtp, Filing filing, IOptions<OutboxOptions> options, TimeProvider clock)
{
    public async Task AttemptAsync(SubmissionRecord submission, CancellationToken ct)
    {
        submission.State = SubmissionState.Sending;
        submission.DueAt = null;
        submission.Attempts++;
        var attempt = new AttemptRecord { SubmissionId = submission.Id, Number = submission.Attempts, At = clock.GetUtcNow() };
        submission.AttemptLog.Add(attempt);
        await outbox.SaveAsync(submission, tell: true, ct);

        var outcome = await SubmitAsync(submission, ct);
        // From here on not cancellable: what the server said must be written down.
        if (outcome.Result == SubmissionResult.Unknown) { outcome = await ResolveAsync(submission, outcome); }

        (attempt.Result, attempt.Reply) = (outcome.Result, outcome.Reply);
        Apply(submission, outcome);
        await outbox.SaveAsync(submission, tell: true, CancellationToken.None);
    }

    /// <summary>Takes up what an earlier process left in the middle. Nothing had left the house, or nobody knows.</summary>
    public async Task RecoverAsync(SubmissionRecord submission, CancellationToken ct)
    {
        if (submission.HandedOverAt is null)
        {
            (submission.State, submission.DueAt) = (SubmissionState.Queued, clock.GetUtcNow());
        }
        else
        {
            var lost = new SubmissionOutcome(SubmissionResult.Unknown, "The server process ended during the attempt.", null, []);
            var outcome = await ResolveAsync(submission, lost);
            if (submission.AttemptLog.Find(a => a.Result is null) is { } attempt) { (attempt.Result, attempt.Reply) = (outcome.Result, outcome.Reply); }

            Apply(submission, outcome);
        }

        await outbox.SaveAsync(submission, tell: true, ct);
    }

    private async Task<SubmissionOutcome> SubmitAsync(SubmissionRecord submission, CancellationToken ct)
    {
        var pending = submission.Recipients.Where(r => r.State == RecipientState.Pending).OrderBy(r => r.Position).Select(r => r.Address).ToList();
        try
        {
            using var message = await outbox.OpenMimeAsync(submission, ct);
            return await smtp.SubmitAsync(submission.Account, new(submission.Sender, pending, message), HandOverAsync, ct);
        }
        catch (MailException fault)
        {
            // No session: nothing was sent. Even wrong credentials are for the moment, since they can be mended within the days we try.
            var result = fault.Fault is MailFault.NotConfigured or MailFault.AccountGone ? SubmissionResult.PermanentFailure : SubmissionResult.TemporaryFailure;
            var reply = fault.ServerText is { } words ? $"{fault.Message} {words}" : fault.Message;
            return new(result, reply, null, [.. pending.Select(a => new RecipientOutcome(a, result, reply, null))]);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or FormatException)
        {
            const string reply = "The stored mail cannot be read any more.";
            return new(SubmissionResult.PermanentFailure, reply, null, [.. pending.Select(a => new RecipientOutcome(a, SubmissionResult.PermanentFailure, reply, null))]);
        }

        Task HandOverAsync(CancellationToken handing)
        {
            submission.HandedOverAt = clock.GetUtcNow();
            return outbox.SaveAsync(submission, tell: false, handing);
        }
    }

    /// <summary>A copy in Sent proves that the mail went out, where the provider files one itself.</summary>
    private async Task<SubmissionOutcome> ResolveAsync(SubmissionRecord submission, SubmissionOutcome unknown) =>
        await filing.IsInSentAsync(submission, CancellationToken.None)
            ? unknown with { Result = SubmissionResult.Accepted, Recipients = [] }
            : unknown;

    private void Apply(SubmissionRecord submission, SubmissionOutcome outcome)
    {
        var now = clock.GetUtcNow();
        var giveUp = now - submission.CreatedAt >= options.Value.GiveUpAfter;
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

        submission.HandedOverAt = null;
        submission.State = StateOf(submission);
        submission.DueAt = submission.State == SubmissionState.Queued ? now + options.Value.WaitAfter(submission.Attempts) : null;
        var firstAccepted = submission is { FilingTries: 0, FilingDueAt: null } && submission.Recipients.Exists(r => r.State == RecipientState.Accepted);
        if (firstAccepted && (submission.SaveToSent || submission.InReplyTo is not null)) { submission.FilingDueAt = now; }
    }

    private static SubmissionState StateOf(SubmissionRecord submission)
    {
        var states = submission.Recipients.ConvertAll(r => r.State);
        return states.Contains(RecipientState.Pending) ? SubmissionState.Queued
            : states.TrueForAll(s => s == RecipientState.Accepted) ? SubmissionState.Sent
            : states.Contains(RecipientState.Accepted) ? SubmissionState.PartiallySent
            : states.Contains(RecipientState.Unknown) ? SubmissionState.Unknown
            : SubmissionState.Failed;
    }
}
