using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>A From address an account may write under, with its signature.</summary>
internal sealed class IdentityRecord
{
    public required Guid Id { get; init; }
    public required AccountId Account { get; init; }
    public required string Email { get; set; }
    public string? Name { get; set; }
    public string? ReplyTo { get; set; }
    public string? SignatureText { get; set; }
    public string? SignatureHtml { get; set; }
    public bool IsDefault { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
