using System.Text.Json;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Features.Webhooks;

/// <summary>An event on its way to a webhook.</summary>
/// <param name="Id">Delivery id.</param>
/// <param name="EventId">The event; also the header <c>webhook-id</c>, by which a receiver knows what it has already.</param>
/// <param name="Type">The event's type.</param>
/// <param name="AccountId">The event's account.</param>
/// <param name="Attempts">Every try, oldest first.</param>
/// <param name="NextAttemptAt">When it is tried next; absent when it is not.</param>
/// <param name="CreatedAt">When its turn came.</param>
public sealed record WebhookDelivery(
    string Id, string EventId, string Type, AccountId AccountId, WebhookDeliveryState State, IReadOnlyList<WebhookAttempt> Attempts, DateTimeOffset? NextAttemptAt,
    DateTimeOffset CreatedAt)
{
    internal static WebhookDelivery From(WebhookDeliveryRecord record) => new(
        record.Id.ToString("N"), record.EventId, record.Type, record.Account, record.State, AttemptsOf(record), record.DueAt, record.CreatedAt);

    internal static List<WebhookAttempt> AttemptsOf(WebhookDeliveryRecord record) => JsonSerializer.Deserialize<List<WebhookAttempt>>(record.Attempts, WireJson.Options)!;

    internal static string Json(IReadOnlyList<WebhookAttempt> attempts) => JsonSerializer.Serialize(attempts, WireJson.Options);
}

/// <summary>One try to deliver an event.</summary>
/// <param name="At">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status">The HTTP status of the answer; absent when there was none.</param>
/// <param name="Answer">The beginning of the answer's body, at most 500 characters.</param>
/// <param name="Error">Why there was no answer.</param>
public sealed record WebhookAttempt(DateTimeOffset At, int Milliseconds, int? Status = null, string? Answer = null, string? Error = null)
{
    internal bool Succeeded => Status is >= 200 and < 300;
}
