using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>A mail to be filled in, written in Liquid.</summary>
internal sealed class TemplateRecord
{
    public required Guid Id { get; init; }
    public required AccountId Account { get; init; }
    public required string Name { get; set; }
    public string? Subject { get; set; }
    public string? Text { get; set; }
    public string? Html { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}
