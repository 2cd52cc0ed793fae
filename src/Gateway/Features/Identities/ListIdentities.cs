using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Identities;

internal static class ListIdentities
{
    public static void Map(IEndpointRouteBuilder identities) => identities.MapGet("", HandleAsync)
        .WithName("ListIdentities").WithSummary("List the names and addresses the account writes under, oldest first").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Page<Identity>>, ProblemHttpResult>> HandleAsync(AccountId accountId, GatewayDb db, CancellationToken ct)
    {
        if (!await db.Accounts.AnyAsync(a => a.Id == accountId, ct)) { return Problems.AccountNotFound; }

        var found = await db.Identities.AsNoTracking().Where(i => i.Account == accountId).OrderBy(i => i.CreatedAt).ThenBy(i => i.Id).ToListAsync(ct);
        return TypedResults.Ok(new Page<Identity>([.. found.Select(Identity.From)], null, found.Count));
    }
}
