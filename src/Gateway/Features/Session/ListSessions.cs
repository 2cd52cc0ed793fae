using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Session;

internal static class ListSessions
{
    public static void Map(IEndpointRouteBuilder sessions) => sessions.MapGet("", HandleAsync)
        .WithName("ListSessions").WithSummary("List the browsers in which the account is signed in, the last seen first").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Page<SignedInSession>>, ProblemHttpResult>> HandleAsync(HttpContext context, GatewayDb db, TimeProvider clock, CancellationToken ct)
    {
        if (context.Caller() is not { Session: { } current, Me: { } me }) { return Problems.Unauthenticated; }

        var alive = clock.GetUtcNow() - Sessions.IdleLimit;
        var found = await db.Sessions.AsNoTracking().Where(s => s.Account == me && s.LastSeenAt >= alive).OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
        return TypedResults.Ok(new Page<SignedInSession>([.. found.Select(s => SignedInSession.From(s, current))], null, found.Count));
    }
}
