namespace Gateway.Storage;

/// <summary>A piece of an upload, sealed: it is somebody's file.</summary>
internal sealed class BlobChunkRecord
{
    public required Guid BlobId { get; init; }

    /// <summary>Where it begins in the whole.</summary>
    public required long Offset { get; init; }
    public required int Length { get; init; }
    public required byte[] SealedBytes { get; init; }
}
