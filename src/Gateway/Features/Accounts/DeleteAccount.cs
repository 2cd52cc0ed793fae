using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Accounts;

internal static class DeleteAccount
{
    public static void Map(IEndpointRouteBuilder accounts) => accounts.MapDelete("{accountId}", HandleAsync)
        .WithName("DeleteAccount").WithSummary("Forget an account and everything held for it; the mail on its server stays").RequireScope(Scopes.AccountsManage);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        AccountId accountId, Accounts accounts, Session.Sessions sessions, CancellationToken ct)
    {
        var found = await accounts.DeleteAsync(accountId, ct);
        await sessions.CloseAsync(accountId, session: null, ct);
        return found ? TypedResults.NoContent() : Problems.AccountNotFound;
    }
}
