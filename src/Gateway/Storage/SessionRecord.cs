using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>A webmail sign-in; only the SHA-256 of the cookie's secret is kept.</summary>
internal sealed class SessionRecord
{
    public const int MaxUserAgent = 300;

    public required Guid Id { get; init; }
    public required byte[] Hash { get; init; }
    public required AccountId Account { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>What the browser called itself, for its owner to know it by.</summary>
    public string? UserAgent { get; init; }

    public List<SessionAccountRecord> Added { get; init; } = [];
}
