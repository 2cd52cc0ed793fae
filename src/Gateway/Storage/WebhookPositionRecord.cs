using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>How far a webhook has read in the log of an account.</summary>
internal sealed class WebhookPositionRecord
{
    public required Guid WebhookId { get; init; }
    public required AccountId Account { get; init; }
    public required long Number { get; set; }
}
