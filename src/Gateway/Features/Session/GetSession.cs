using Gateway.Features.Accounts;
using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Session;

internal static class GetSession
{
    public static void Map(IEndpointRouteBuilder session) => session.MapGet("", HandleAsync)
        .WithName("GetSession").WithSummary("Get the accounts that are signed in and a fresh anti-forgery token").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> HandleAsync(HttpContext context, GatewayDb db, CancellationToken ct)
    {
        if (context.Caller() is not { Session: not null, Me: { } me } || SessionCookie.Read(context.Request) is not { } secret)
        {
            return Problems.Unauthenticated;
        }

        var reached = context.Caller().Accounts!.ToList();
        var records = await db.Accounts.AsNoTracking().Where(a => reached.Contains(a.Id)).ToListAsync(ct);
        List<Account> accounts = [.. records.OrderBy(a => a.Id == me ? 0 : 1).ThenBy(a => a.Email, StringComparer.OrdinalIgnoreCase).Select(Account.From)];
        return accounts is [var first, ..] && first.Id == me ? TypedResults.Ok(new SessionAnswer(first, AntiforgeryToken.For(secret), accounts)) : Problems.Unauthenticated;
    }
}
