using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Templates;

internal static class ListTemplates
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapGet("", HandleAsync)
        .WithName("ListTemplates").WithSummary("List the account's templates, by name").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Page<Template>>, ProblemHttpResult>> HandleAsync(AccountId accountId, GatewayDb db, CancellationToken ct)
    {
        if (!await db.Accounts.AnyAsync(a => a.Id == accountId, ct)) { return Problems.AccountNotFound; }

        var found = await db.Templates.AsNoTracking().Where(t => t.Account == accountId).OrderBy(t => t.Name).ThenBy(t => t.Id).ToListAsync(ct);
        return TypedResults.Ok(new Page<Template>([.. found.Select(Template.From)], null, found.Count));
    }
}
