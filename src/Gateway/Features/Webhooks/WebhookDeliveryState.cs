namespace Gateway.Features.Webhooks;

/// <summary>How it stands with an event on its way to a webhook.</summary>
public enum WebhookDeliveryState
{
    /// <summary>It will be tried, or tried again.</summary>
    Pending,

    /// <summary>The receiver answered 2xx.</summary>
    Delivered,

    /// <summary>Given up: every try failed, or the webhook was switched off.</summary>
    Failed,
}
