using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Webhooks;

internal static class AddWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapPost("", HandleAsync)
        .WithName("AddWebhook").WithSummary("Have events POSTed to an address; the answer tells the secret they are signed with, once").WithProblems(413, 422).RequireScope(Scopes.WebhooksManage);

    internal static async Task<Results<Created<Webhook>, ProblemHttpResult>> HandleAsync(
        WebhookRequest request, Webhooks webhooks, GatewayDb db, WebhookSecrets secrets, HttpContext context, TimeProvider clock, CancellationToken ct)
    {
        if (await WebhookEditing.FaultAsync(request, context.Caller(), db, ct) is { } fault) { return fault; }

        if ((await webhooks.ListAsync(ct)).Count >= WebhookEditing.MaxWebhooks) { return Problems.Invalid([new("", null, $"at most {WebhookEditing.MaxWebhooks} webhooks")]); }

        var (id, secret) = (Guid.NewGuid(), WebhookSignature.NewSecret());
        var record = new WebhookRecord { Id = id, Url = request.Url, SealedSecret = secrets.Seal(id, secret), CreatedAt = clock.GetUtcNow() };
        WebhookEditing.Apply(request, record);
        await webhooks.SaveAsync(record, isNew: true, ct);
        return TypedResults.Created($"/v1/webhooks/{id:N}", Webhook.From(record) with { Secret = secret });
    }
}
