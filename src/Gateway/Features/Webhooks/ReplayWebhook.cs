using Gateway.Features.Events;
using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Webhooks;

/// <summary>What to send again: one event now, or everything since a time.</summary>
/// <param name="EventId">This event.</param>
/// <param name="Since">Every event since, in order, as far back as the event log reaches.</param>
public sealed record WebhookReplay(string? EventId = null, DateTimeOffset? Since = null);

internal static class ReplayWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapPost("{webhookId}/replay", HandleAsync)
        .WithName("ReplayWebhook").WithSummary("Send one event again now (200 tells how it went), or have all since a time sent again (202)")
        .WithProblems(410, 413, 422).RequireScope(Scopes.WebhooksManage);

    internal static async Task<Results<Ok<WebhookAttempt>, Accepted<Webhook>, ProblemHttpResult>> HandleAsync(
        string webhookId, WebhookReplay request, Webhooks webhooks, WebhookSending sending, EventLog log, HttpContext context, CancellationToken ct)
    {
        if (await webhooks.FindAsync(webhookId, context.Caller(), ct) is not { } record) { return Problems.WebhookNotFound; }

        if ((request.EventId is null) == (request.Since is null)) { return Problems.Invalid([new("", null, "needs one of eventId and since")]); }

        if (request.Since is { } since)
        {
            await webhooks.AskRewindAsync(record.Id, since, ct);
            return TypedResults.Accepted($"/v1/webhooks/{webhookId}", Webhook.From(record));
        }

        if (!EventCursor.TryParse(request.EventId, out var cursor) || !context.Caller().Reaches(cursor.Account) || Webhook.From(record).Accounts?.Contains(cursor.Account) == false)
        {
            return Problems.Invalid([new("/eventId", null, "is no event of this webhook's accounts")]);
        }

        try
        {
            return await log.ReadAsync(cursor.Account, cursor.Number - 1, ct) is [var happened, ..]
                ? TypedResults.Ok((await sending.SendAsync(record, happened, ct)).Attempt)
                : Problems.CursorExpired;
        }
        catch (CursorExpiredException) { return Problems.CursorExpired; }
    }
}
