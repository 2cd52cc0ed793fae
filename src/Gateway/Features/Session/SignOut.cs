using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Session;

internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder session) => session.MapDelete("", HandleAsync)
        .WithName("SignOut").WithSummary("Sign out; with all=true every session of the account").RequireScope(Scopes.MailRead);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        HttpContext context, Sessions sessions, CancellationToken ct, bool all = false)
    {
        if (context.Caller() is not { Session: { } session, Me: { } me }) { return Problems.Unauthenticated; }

        await sessions.CloseAsync(me, all ? null : session, ct);
        SessionCookie.Clear(context);
        return TypedResults.NoContent();
    }
}
