using Gateway.Features.Submissions;

namespace Gateway.Storage;

/// <summary>One RCPT TO of a submission and what became of it.</summary>
internal sealed class RecipientRecord
{
    public required Guid SubmissionId { get; init; }
    public required int Position { get; init; }
    public required string Address { get; init; }
    public required RecipientState State { get; set; }
    public string? Reply { get; set; }
}
