using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Webhooks;

internal static class GetWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapGet("{webhookId}", HandleAsync)
        .WithName("GetWebhook").WithSummary("Get a webhook").RequireScope(Scopes.WebhooksManage);

    internal static async Task<Results<Ok<Webhook>, ProblemHttpResult>> HandleAsync(string webhookId, Webhooks webhooks, HttpContext context, CancellationToken ct) =>
        await webhooks.FindAsync(webhookId, context.Caller(), ct) is { } found ? TypedResults.Ok(Webhook.From(found)) : Problems.WebhookNotFound;
}
