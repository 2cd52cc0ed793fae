using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Push;

internal static class DeletePushSubscription
{
    public static void Map(IEndpointRouteBuilder subscriptions) => subscriptions.MapDelete("{subscriptionId}", HandleAsync)
        .WithName("DeletePushSubscription").WithSummary("Tell a browser of new mail no more").RequireScope(Scopes.MailRead);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string subscriptionId, PushSubscriptions subscriptions, HttpContext context, CancellationToken ct) =>
        await subscriptions.FindAsync(subscriptionId, context.Caller(), ct) is { } found && await subscriptions.DeleteAsync(found.Id, ct)
            ? TypedResults.NoContent()
            : Problems.PushSubscriptionNotFound;
}
