namespace Gateway.Storage;

/// <summary>An address that is told of events.</summary>
internal sealed class WebhookRecord
{
    public required Guid Id { get; init; }
    public required string Url { get; set; }
    public string? Name { get; set; }

    /// <summary>Event types, accounts and mailboxes to tell of, each as a JSON array; null for all.</summary>
    public string? Types { get; set; }
    public string? Accounts { get; set; }
    public string? Mailboxes { get; set; }
    public required byte[] SealedSecret { get; set; }

    /// <summary>The secret before this one signs as well, until then.</summary>
    public byte[]? SealedOldSecret { get; set; }
    public DateTimeOffset? OldSecretUntil { get; set; }
    public bool Enabled { get; set; }

    /// <summary>Why it was switched off, when the receiver did it (410).</summary>
    public string? DisabledReason { get; set; }

    /// <summary>It is to send again what happened since; null when it is not, or has begun to.</summary>
    public DateTimeOffset? RewindTo { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
