using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Submissions;

internal static class RetrySubmission
{
    public static void Map(IEndpointRouteBuilder submissions) => submissions.MapPost("{submissionId}/retry", HandleAsync)
        .WithName("RetrySubmission").WithSummary("Send a submission again to those who have not got it: it failed, or nobody knows. Whoever may have got it may get it twice")
        .WithProblems(409).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Ok<Submission>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, string submissionId, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (!Guid.TryParseExact(submissionId, "N", out var id)) { return Problems.MalformedSubmissionId; }

        return await outbox.ChangeAsync(accountId, id, submission => Retry(submission, clock.GetUtcNow()), rewritten: null, ct) switch
        {
            (null, _) => Problems.SubmissionNotFound,
            (_, false) => Problems.SubmissionNotRetryable,
            ({ } again, true) => TypedResults.Ok(Submission.From(again)),
        };
    }

    private static bool Retry(SubmissionRecord submission, DateTimeOffset now)
    {
        if (!SubmissionOutcomes.IsRetryable(submission)) { return false; }

        foreach (var recipient in submission.Recipients.Where(r => r.State is RecipientState.Failed or RecipientState.Unknown)) { recipient.State = RecipientState.Pending; }

        (submission.State, submission.DueAt, submission.TriedFrom) = (SubmissionState.Queued, now, now);
        return true;
    }
}
