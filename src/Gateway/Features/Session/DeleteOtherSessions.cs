using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Session;

internal static class DeleteOtherSessions
{
    public static void Map(IEndpointRouteBuilder sessions) => sessions.MapDelete("", HandleAsync)
        .WithName("DeleteOtherSessions").WithSummary("Sign out every other browser; sessions signed in with another account reach this one no more").RequireScope(Scopes.MailRead);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(HttpContext context, Sessions sessions, CancellationToken ct)
    {
        if (context.Caller() is not { Session: { } current, Me: { } me }) { return Problems.Unauthenticated; }

        await sessions.CloseAsync(me, session: null, ct, except: current);
        return TypedResults.NoContent();
    }
}
