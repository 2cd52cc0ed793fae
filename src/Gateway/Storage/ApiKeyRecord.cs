using Gateway.Http;

namespace Gateway.Storage;

/// <summary>An API key; only the SHA-256 of the 256-bit secret is kept.</summary>
internal sealed class ApiKeyRecord
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required byte[] Hash { get; init; }
    public Scopes Scopes { get; init; }

    /// <summary>Account ids, comma-separated; null reaches every account.</summary>
    public string? Accounts { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
}
