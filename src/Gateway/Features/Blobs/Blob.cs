using Gateway.Storage;

namespace Gateway.Features.Blobs;

/// <summary>A file that was uploaded, to be attached to drafts and submissions by its id.</summary>
/// <param name="Id">Blob id.</param>
/// <param name="FileName">What it is called where it is attached.</param>
/// <param name="ContentType">Media type, as the uploader says.</param>
/// <param name="Size">Bytes that arrived so far.</param>
/// <param name="Complete">Whether all of it is there; only then can it be attached.</param>
/// <param name="ExpiresAt">When it is forgotten. What it was attached to keeps it.</param>
public sealed record Blob(string Id, string? FileName, string ContentType, long Size, bool Complete, DateTimeOffset ExpiresAt)
{
    internal static Blob From(BlobRecord record) =>
        new(record.Id.ToString("N"), record.FileName, record.ContentType, record.Size, record.IsComplete, record.ExpiresAt);
}
