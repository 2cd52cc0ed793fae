using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Webhooks;

internal static class DeleteWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapDelete("{webhookId}", HandleAsync)
        .WithName("DeleteWebhook").WithSummary("Forget a webhook and what it was sent").RequireScope(Scopes.WebhooksManage);

    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string webhookId, Webhooks webhooks, HttpContext context, CancellationToken ct)
    {
        if (await webhooks.FindAsync(webhookId, context.Caller(), ct) is not { } record) { return Problems.WebhookNotFound; }

        await webhooks.DeleteAsync(record.Id, ct);
        return TypedResults.NoContent();
    }
}
