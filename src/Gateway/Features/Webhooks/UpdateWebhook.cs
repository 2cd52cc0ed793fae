using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Webhooks;

internal static class UpdateWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapPut("{webhookId}", HandleAsync)
        .WithName("UpdateWebhook").WithSummary("Replace all of a webhook but its secret; switch it off, or on again").WithProblems(413, 422).RequireScope(Scopes.WebhooksManage);

    internal static async Task<Results<Ok<Webhook>, ProblemHttpResult>> HandleAsync(
        string webhookId, WebhookRequest request, Webhooks webhooks, GatewayDb db, HttpContext context, CancellationToken ct)
    {
        if (await WebhookEditing.FaultAsync(request, context.Caller(), db, ct) is { } fault) { return fault; }

        if (await webhooks.FindAsync(webhookId, context.Caller(), ct) is not { } record) { return Problems.WebhookNotFound; }

        WebhookEditing.Apply(request, record);
        await webhooks.SaveAsync(record, isNew: false, ct);
        return TypedResults.Ok(Webhook.From(record));
    }
}
