namespace Gateway.Storage;

/// <summary>The sealed RFC 5322 bytes of a submission, kept until it is sent and filed.</summary>
internal sealed class SubmissionMimeRecord
{
    public required Guid SubmissionId { get; init; }
    public required byte[] SealedMime { get; init; }
}
