using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Accounts;

internal static class GetAccount
{
    public static void Map(IEndpointRouteBuilder accounts) => accounts.MapGet("{accountId}", HandleAsync)
        .WithName("GetAccount").WithSummary("Get an account and how it stands with its mail server").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Account>, ProblemHttpResult>> HandleAsync(AccountId accountId, GatewayDb db, CancellationToken ct) =>
        await db.AccountAsync(accountId, ct) is { } record
            ? TypedResults.Ok(Account.From(record))
            : Problems.AccountNotFound;
}
