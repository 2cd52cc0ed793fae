using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Push;

internal static class GetPushSubscription
{
    public static void Map(IEndpointRouteBuilder subscriptions) => subscriptions.MapGet("{subscriptionId}", HandleAsync)
        .WithName("GetPushSubscription").WithSummary("Get a push subscription").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<PushSubscription>, ProblemHttpResult>> HandleAsync(
        string subscriptionId, PushSubscriptions subscriptions, HttpContext context, CancellationToken ct) =>
        await subscriptions.FindAsync(subscriptionId, context.Caller(), ct) is { } found ? TypedResults.Ok(PushSubscription.From(found)) : Problems.PushSubscriptionNotFound;
}
