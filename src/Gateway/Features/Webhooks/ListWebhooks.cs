using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Webhooks;

internal static class ListWebhooks
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapGet("", HandleAsync)
        .WithName("ListWebhooks").WithSummary("List the webhooks whose accounts are within reach, oldest first").RequireScope(Scopes.WebhooksManage);

    internal static async Task<Ok<Page<Webhook>>> HandleAsync(Webhooks webhooks, HttpContext context, CancellationToken ct)
    {
        var caller = context.Caller();
        var found = (await webhooks.ListAsync(ct)).Where(w => Webhooks.IsWithinReach(w, caller)).Select(Webhook.From).ToList();
        return TypedResults.Ok(new Page<Webhook>(found, null, found.Count));
    }
}
