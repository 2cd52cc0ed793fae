using System.Text.Json;
using Gateway.Features.Events;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Webhooks;

internal static class TestWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapPost("{webhookId}/test", HandleAsync)
        .WithName("TestWebhook").WithSummary("Send a signed webhook.test event now, once, and tell how it went").RequireScope(Scopes.WebhooksManage);

    internal static async Task<Results<Ok<WebhookAttempt>, ProblemHttpResult>> HandleAsync(
        string webhookId, Webhooks webhooks, WebhookSending sending, HttpContext context, TimeProvider clock, CancellationToken ct)
    {
        if (await webhooks.FindAsync(webhookId, context.Caller(), ct) is not { } record) { return Problems.WebhookNotFound; }

        var now = clock.GetUtcNow();
        var test = new MailEvent($"test-{Guid.NewGuid():N}", EventTypes.WebhookTest, default(AccountId), now, now, JsonSerializer.SerializeToElement(new { webhookId }));
        return TypedResults.Ok((await sending.SendAsync(record, test, ct)).Attempt);
    }
}
