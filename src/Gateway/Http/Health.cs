using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Http;

/// <summary>What a health check answers.</summary>
/// <param name="Status"><c>ok</c>, or <c>unavailable</c>.</param>
/// <param name="Reason">Why it is unavailable.</param>
public sealed record HealthAnswer(string Status, string? Reason);

/// <summary>Says whether the process serves, and whether it can do its work.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        health.MapGet("live", () => TypedResults.Ok(new HealthAnswer("ok", null)))
            .WithName("GetLiveness").WithSummary("Answers as soon as the process serves");
        health.MapGet("ready", ReadyAsync).WithName("GetReadiness").WithSummary("Answers 200 once the store can be used")
            .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<HealthAnswer>, JsonHttpResult<HealthAnswer>>> ReadyAsync(GatewayDb db, CancellationToken ct) =>
        await db.Database.CanConnectAsync(ct)
            ? TypedResults.Ok(new HealthAnswer("ok", null))
            : TypedResults.Json(new HealthAnswer("unavailable", "The store cannot be opened."), statusCode: StatusCodes.Status503ServiceUnavailable);
}
