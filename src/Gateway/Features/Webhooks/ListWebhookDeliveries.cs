using Gateway.Http;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Webhooks;

internal static class ListWebhookDeliveries
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapGet("{webhookId}/deliveries", HandleAsync)
        .WithName("ListWebhookDeliveries").WithSummary("List what a webhook was sent and what its receiver said, newest first").RequireScope(Scopes.WebhooksManage);

    /// <param name="webhookId">The webhook.</param>
    /// <param name="state">Only those in this state.</param>
    /// <param name="limit">Deliveries a page, 1 to 200.</param>
    /// <param name="cursor">nextCursor of the page before: stays right while events are delivered.</param>
    internal static async Task<Results<Ok<Page<WebhookDelivery>>, ProblemHttpResult>> HandleAsync(
        string webhookId, Webhooks webhooks, GatewayDb db, HttpContext context, CancellationToken ct,
        WireEnum<WebhookDeliveryState>? state = null, int limit = PageLimit.Default, string? cursor = null)
    {
        if (PageLimit.Check(limit) is { } problem) { return problem; }

        if (await webhooks.FindAsync(webhookId, context.Caller(), ct) is not { } record) { return Problems.WebhookNotFound; }

        var query = db.WebhookDeliveries.AsNoTracking().Where(d => d.WebhookId == record.Id);
        if (state is { } wanted) { query = query.Where(d => d.State == wanted.Value); }

        if (cursor is not null)
        {
            if (!Guid.TryParseExact(cursor, "N", out var last)) { return Problems.MalformedCursor; }

            query = query.Where(d => d.Id.CompareTo(last) < 0);
        }

        var found = await query.OrderByDescending(d => d.Id).Take(limit + 1).ToListAsync(ct); // ids sort as they were made
        var items = found.Take(limit).Select(WebhookDelivery.From).ToList();
        return TypedResults.Ok(new Page<WebhookDelivery>(items, found.Count > limit ? items[^1].Id : null, null));
    }
}
