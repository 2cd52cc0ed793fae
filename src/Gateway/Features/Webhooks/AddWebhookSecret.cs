using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Webhooks;

internal static class AddWebhookSecret
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapPost("{webhookId}/secret", HandleAsync)
        .WithName("AddWebhookSecret").WithSummary("Give a webhook a new secret, told once; the old one signs as well for a day, so that the receiver can change over").RequireScope(Scopes.WebhooksManage);

    internal static async Task<Results<Ok<Webhook>, ProblemHttpResult>> HandleAsync(
        string webhookId, Webhooks webhooks, WebhookSecrets secrets, HttpContext context, IOptions<WebhookOptions> options, TimeProvider clock, CancellationToken ct)
    {
        if (await webhooks.FindAsync(webhookId, context.Caller(), ct) is not { } record) { return Problems.WebhookNotFound; }

        var secret = WebhookSignature.NewSecret();
        (record.SealedOldSecret, record.OldSecretUntil) = (record.SealedSecret, clock.GetUtcNow() + options.Value.SecretOverlap);
        record.SealedSecret = secrets.Seal(record.Id, secret);
        await webhooks.SaveAsync(record, isNew: false, ct);
        return TypedResults.Ok(Webhook.From(record) with { Secret = secret });
    }
}
