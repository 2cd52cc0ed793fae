using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Session;

internal static class DeleteSessionAccount
{
    public static void Map(IEndpointRouteBuilder session) => session.MapDelete("accounts/{accountId}", HandleAsync)
        .WithName("DeleteSessionAccount").WithSummary("Take a further mailbox out of the session; the account itself stays")
        .WithProblems(404).RequireScope(Scopes.MailRead);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(AccountId accountId, HttpContext context, Sessions sessions, CancellationToken ct) =>
        context.Caller().Session is not { } session ? Problems.Unauthenticated
        : await sessions.RemoveAsync(session, accountId, ct) ? TypedResults.NoContent()
        : Problems.AccountNotFound;
}
