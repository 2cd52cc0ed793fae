using Gateway.Features.Accounts;
using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Session;

internal static class GetSession
{
    public static void Map(IEndpointRouteBuilder session) => session.MapGet("", HandleAsync)
        .WithName("GetSession").WithSummary("Get the signed-in account and a fresh anti-forgery token").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> HandleAsync(HttpContext context, GatewayDb db, CancellationToken ct)
    {
        if (context.Caller() is not { Session: not null, Me: { } me } || SessionCookie.Read(context.Request) is not { } secret)
        {
            return Problems.Unauthenticated;
        }

        var record = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == me, ct);
        return record is null ? Problems.Unauthenticated : TypedResults.Ok(new SessionAnswer(Account.From(record), AntiforgeryToken.For(secret)));
    }
}
