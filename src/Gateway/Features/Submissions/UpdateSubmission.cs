using Gateway.Features.Accounts;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Gateway.Features.Submissions;

/// <summary>What to change of a submission that waits.</summary>
/// <param name="SendAt">Send it at this time instead; one that has passed means at once.</param>
/// <param name="Hold"><c>true</c> keeps it back, <c>false</c> releases it: at <paramref name="SendAt"/>, or at once.</param>
/// <param name="Message">Send this mail instead, as in a new submission but for its times. Its Message-ID stays the same.</param>
public sealed record SubmissionChange(DateTimeOffset? SendAt = null, bool? Hold = null, SubmissionRequest? Message = null);

internal static class UpdateSubmission
{
    public static void Map(IEndpointRouteBuilder submissions) => submissions.MapPatch("{submissionId}", HandleAsync)
        .WithName("UpdateSubmission").WithSummary("Reschedule, hold, release or rewrite a submission, until it is being sent")
        .WithMetadata(new RequestSizeLimitAttribute(SubmitMessage.MaxBody)).WithProblems(409, 413, 422).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Ok<Submission>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, string submissionId, SubmissionChange request, GatewayDb db, Outbox outbox, MessageBuilding building, TimeProvider clock, CancellationToken ct)
    {
        if (!Guid.TryParseExact(submissionId, "N", out var id)) { return Problems.MalformedSubmissionId; }

        if (await db.AccountAsync(accountId, ct) is not { } account) { return Problems.AccountNotFound; }

        var checks = new Checks();
        SendingTime.Check(checks, request.SendAt, null, clock.GetUtcNow());
        if (request is { Hold: true, SendAt: not null }) { checks.Fail("/sendAt", "cannot go with hold"); }

        if (request.Message is { } mail && (mail.SendAt, mail.UndoSeconds, mail.Hold) is not (null, null, null)) { checks.Fail("/message", "has no times of its own here"); }

        using var message = request.Message is { } rewritten ? await building.ComposeAsync(account, rewritten, checks, ct, "/message") : await DatedAsync(outbox, accountId, id, request, clock, ct);
        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        var found = await outbox.ChangeAsync(accountId, id, submission => Apply(submission, request, message, clock.GetUtcNow()), message, ct);
        return found switch
        {
            (null, _) => Problems.SubmissionNotFound,
            (_, false) => Problems.SubmissionNotWaiting,
            ({ } changed, true) => TypedResults.Ok(Submission.From(changed)),
        };
    }

    /// <summary>The same mail with the date of when it is to be sent, unless it has been tried under another.</summary>
    private static async Task<MimeMessage?> DatedAsync(Outbox outbox, AccountId account, Guid id, SubmissionChange change, TimeProvider clock, CancellationToken ct)
    {
        if (change is { SendAt: null, Hold: not false } || await outbox.FindAsync(account, id, ct) is not { Attempts: 0 } submission || !SubmissionOutcomes.IsWaiting(submission)) { return null; }

        var now = clock.GetUtcNow();
        try
        {
            var message = await outbox.OpenMimeAsync(submission, ct);
            message.Date = change.SendAt > now ? change.SendAt.Value : now;
            return message;
        }
        catch (FormatException) { return null; } // sent or canceled this moment
    }

    /// <summary>False when it is too late.</summary>
    private static bool Apply(SubmissionRecord submission, SubmissionChange change, MimeMessage? message, DateTimeOffset now)
    {
        // To some of its recipients it has gone out already: for the others it cannot become another mail.
        if (!SubmissionOutcomes.IsWaiting(submission) || (change.Message is not null && submission.Recipients.Exists(r => r.State != RecipientState.Pending))) { return false; }

        if (change.Hold is { } hold) { SendingTime.Set(submission, change.SendAt, null, hold, now); }
        else if (change.SendAt is not null && submission.State != SubmissionState.Held) { SendingTime.Set(submission, change.SendAt, null, hold: false, now); }

        if (message is null || change.Message is null) { return true; }

        message.MessageId = submission.MessageIdHeader;
        (submission.Sender, submission.SaveToSent) = (SubmitMessage.SenderOf(message), change.Message.SaveToSent ?? true);
        (submission.InReplyTo, submission.Forwards) = (change.Message.InReplyTo?.ToString(), change.Message.Forwards?.ToString());
        submission.Recipients.Clear();
        submission.Recipients.AddRange(SubmitMessage.RecipientsOf(message, submission.Id));
        return true;
    }
}
