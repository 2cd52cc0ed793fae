using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Submissions;

internal static class CancelSubmission
{
    public static void Map(IEndpointRouteBuilder submissions) => submissions.MapDelete("{submissionId}", HandleAsync)
        .WithName("CancelSubmission").WithSummary("Cancel a submission before it is sent; recipients the server took already keep it").WithProblems(409).RequireScope(Scopes.MailSend);

    internal static async Task<Results<Ok<Submission>, ProblemHttpResult>> HandleAsync(AccountId accountId, string submissionId, Outbox outbox, CancellationToken ct)
    {
        if (!Guid.TryParseExact(submissionId, "N", out var id)) { return Problems.MalformedSubmissionId; }

        return await outbox.ChangeAsync(accountId, id, Cancel, rewritten: null, ct) switch
        {
            (null, _) => Problems.SubmissionNotFound,
            ({ State: SubmissionState.Canceled } canceled, _) => TypedResults.Ok(Submission.From(canceled)), // asked for twice
            (_, false) => Problems.SubmissionNotWaiting,
            ({ } canceled, true) => TypedResults.Ok(Submission.From(canceled)),
        };
    }

    private static bool Cancel(SubmissionRecord submission)
    {
        if (!SubmissionOutcomes.IsWaiting(submission)) { return false; }

        foreach (var recipient in submission.Recipients.Where(r => r.State == RecipientState.Pending)) { recipient.State = RecipientState.Canceled; }

        (submission.State, submission.DueAt) = (SubmissionOutcomes.Of(submission), null);
        return true;
    }
}
