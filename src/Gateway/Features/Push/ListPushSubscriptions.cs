using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Push;

internal static class ListPushSubscriptions
{
    public static void Map(IEndpointRouteBuilder subscriptions) => subscriptions.MapGet("", HandleAsync)
        .WithName("ListPushSubscriptions").WithSummary("List the browsers that are told of new mail in accounts within reach, oldest first").RequireScope(Scopes.MailRead);

    internal static async Task<Ok<Page<PushSubscription>>> HandleAsync(PushSubscriptions subscriptions, HttpContext context, CancellationToken ct)
    {
        var caller = context.Caller();
        var found = (await subscriptions.ListAsync(ct)).Where(p => caller.Reaches(p.Account)).Select(PushSubscription.From).ToList();
        return TypedResults.Ok(new Page<PushSubscription>(found, null, found.Count));
    }
}
