using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Accounts;

internal static class ListAccounts
{
    public static void Map(IEndpointRouteBuilder accounts) => accounts.MapGet("", HandleAsync)
        .WithName("ListAccounts").WithSummary("List the accounts within the caller's reach, oldest first").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Page<Account>>, ProblemHttpResult>> HandleAsync(
        HttpContext context, GatewayDb db, CancellationToken ct, int limit = PageLimit.Default, string? cursor = null)
    {
        if (PageLimit.Check(limit) is { } problem) { return problem; }

        AccountId? after = null;
        if (cursor is not null)
        {
            if (!AccountId.TryParse(cursor, null, out var last)) { return Problems.MalformedCursor; }

            after = last;
        }

        var query = db.Accounts.AsNoTracking();
        if (context.Caller().Accounts is { } reach) { query = query.Where(a => reach.Contains(a.Id)); }

        if (after is { } id) { query = query.Where(a => a.Id.CompareTo(id) > 0); }

        var found = await query.OrderBy(a => a.Id).Take(limit + 1).ToListAsync(ct);
        var items = found.Take(limit).Select(Account.From).ToList();
        return TypedResults.Ok(new Page<Account>(items, found.Count > limit ? items[^1].Id.ToString() : null, null));
    }
}
