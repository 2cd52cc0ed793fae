using Gateway.Features.Pacing;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Submissions;

internal static class ListSubmissions
{
    public static void Map(IEndpointRouteBuilder submissions) => submissions.MapGet("", HandleAsync)
        .WithName("ListSubmissions").WithSummary("List the account's submissions, newest first").RequireScope(Scopes.MailRead);

    /// <param name="accountId">The account.</param>
    /// <param name="state">Only those in this state.</param>
    /// <param name="mergeId">Only those of this merge.</param>
    /// <param name="limit">Submissions a page, 1 to 200.</param>
    /// <param name="cursor">nextCursor of the page before: stays right while mail is submitted.</param>
    internal static async Task<Results<Ok<Page<Submission>>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, GatewayDb db, Paces paces, TimeProvider clock, CancellationToken ct, WireEnum<SubmissionState>? state = null, string? mergeId = null, int limit = PageLimit.Default, string? cursor = null)
    {
        if (PageLimit.Check(limit) is { } problem) { return problem; }

        if (await paces.OfAsync(accountId, ct) is not { } pace) { return Problems.AccountNotFound; }

        var query = db.Submissions.AsNoTracking().Where(s => s.Account == accountId);
        if (state is { } wanted) { query = query.Where(s => s.State == wanted.Value); }

        if (mergeId is not null)
        {
            if (!Guid.TryParseExact(mergeId, "N", out var merge)) { return Problems.Malformed(new(null, "mergeId", "is not a merge id")); }

            query = query.Where(s => s.MergeId == merge);
        }

        if (cursor is not null)
        {
            if (!Guid.TryParseExact(cursor, "N", out var last)) { return Problems.MalformedCursor; }

            query = query.Where(s => s.Id.CompareTo(last) < 0);
        }

        // Ids sort as they were made.
        var found = await query.OrderByDescending(s => s.Id).Take(limit + 1).Include(s => s.Recipients).Include(s => s.AttemptLog).AsSplitQuery().ToListAsync(ct);
        var now = clock.GetUtcNow();
        var items = found.Take(limit).Select(s => Submission.From(s, pace, now)).ToList();
        return TypedResults.Ok(new Page<Submission>(items, found.Count > limit ? items[^1].Id : null, null));
    }
}
