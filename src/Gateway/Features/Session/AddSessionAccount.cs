using Gateway.Features.Accounts;
using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Session;

internal static class AddSessionAccount
{
    public static void Map(IEndpointRouteBuilder session) => session.MapPost("accounts", HandleAsync)
        .WithName("AddSessionAccount").WithSummary("Have the session reach a further mailbox, whose credentials are verified with its servers; `me` stays the first")
        .WithProblems(413, 422, 502, 503, 504).RequireScope(Scopes.MailRead).RequireRateLimiting(RateLimits.SignIn);

    internal static async Task<Results<Ok<Account>, ProblemHttpResult>> HandleAsync(
        SignInRequest request, HttpContext context, MailboxProof proof, Sessions sessions, CancellationToken ct)
    {
        if (context.Caller() is not { Session: { } session, Home: { } home }) { return Problems.Unauthenticated; }

        var (record, problem) = await proof.VerifyAsync(request, context, ct);
        if (record is null) { return problem!; }

        return record.Id == home || await sessions.AddAsync(session, record.Id, ct)
            ? TypedResults.Ok(Account.From(record))
            : Problems.Invalid([new("", null, $"a session reaches at most {Sessions.MaxAccounts} accounts")]);
    }
}
