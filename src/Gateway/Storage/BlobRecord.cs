using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>An upload that waits to be attached. Its bytes stand in <see cref="BlobChunkRecord"/>s.</summary>
internal sealed class BlobRecord
{
    public required Guid Id { get; init; }
    public required AccountId Account { get; init; }
    public string? FileName { get; init; }
    public required string ContentType { get; init; }

    /// <summary>Bytes that are stored so far.</summary>
    public long Size { get; set; }
    public bool IsComplete { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
