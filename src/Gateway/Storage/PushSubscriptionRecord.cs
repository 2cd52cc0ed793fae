using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>A browser that is told of new mail.</summary>
internal sealed class PushSubscriptionRecord
{
    public required Guid Id { get; init; }
    public required AccountId Account { get; init; }

    /// <summary>The webmail session it was made in, and ends with; null for an API key's.</summary>
    public Guid? Session { get; set; }
    public required string Endpoint { get; set; }

    /// <summary>The browser's public key: a point on P-256, uncompressed.</summary>
    public required byte[] PublicKey { get; set; }
    public required byte[] SealedAuth { get; set; }

    /// <summary>Mailboxes to tell of, as a JSON array; null for the inbox.</summary>
    public string? Mailboxes { get; set; }

    /// <summary>When not to tell, as JSON.</summary>
    public string? QuietHours { get; set; }
    public bool IsPrivate { get; set; }

    /// <summary>How far it has read in the account's log.</summary>
    public long Number { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
