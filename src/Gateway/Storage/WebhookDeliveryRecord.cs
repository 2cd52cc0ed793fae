using Gateway.Features.Webhooks;
using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>An event on its way to a webhook, and what became of it.</summary>
internal sealed class WebhookDeliveryRecord
{
    /// <summary>Version 7: they sort as they were made.</summary>
    public required Guid Id { get; init; }
    public required Guid WebhookId { get; init; }
    public required AccountId Account { get; init; }
    public required long Number { get; init; }
    public required string EventId { get; init; }
    public required string Type { get; init; }
    public required WebhookDeliveryState State { get; set; }

    /// <summary>Every try, as JSON.</summary>
    public required string Attempts { get; set; }

    /// <summary>When the next try is due; null when there is none.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
