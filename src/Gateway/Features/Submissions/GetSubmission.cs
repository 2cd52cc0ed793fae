using Gateway.Features.Pacing;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Submissions;

internal static class GetSubmission
{
    public static void Map(IEndpointRouteBuilder submissions) => submissions.MapGet("{submissionId}", HandleAsync)
        .WithName("GetSubmission").WithSummary("Get a submission: its state, each recipient and every attempt").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Submission>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, string submissionId, Outbox outbox, Paces paces, TimeProvider clock, CancellationToken ct)
    {
        if (!Guid.TryParseExact(submissionId, "N", out var id)) { return Problems.MalformedSubmissionId; }

        if (await outbox.FindAsync(accountId, id, ct) is not { } submission) { return Problems.SubmissionNotFound; }

        var pace = submission.DueAt is null ? null : await paces.OfAsync(accountId, ct);
        return TypedResults.Ok(Submission.From(submission, pace, clock.GetUtcNow()));
    }
}
