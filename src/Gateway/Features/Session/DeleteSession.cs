using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Session;

internal static class DeleteSession
{
    public static void Map(IEndpointRouteBuilder sessions) => sessions.MapDelete("{sessionId}", HandleAsync)
        .WithName("DeleteSession").WithSummary("Sign out one browser").WithProblems(404).RequireScope(Scopes.MailRead);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string sessionId, HttpContext context, Sessions sessions, CancellationToken ct) =>
        context.Caller() is not { Session: not null, Me: { } me } ? Problems.Unauthenticated
        : Guid.TryParseExact(sessionId, "N", out var id) && await sessions.CloseAsync(me, id, ct) > 0 ? TypedResults.NoContent()
        : Problems.SessionNotFound;
}
