using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>One fact of the event log, numbered per account without gaps.</summary>
internal sealed class EventRecord
{
    public required AccountId Account { get; init; }
    public required long Number { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>When it was written, never before the account's event ahead of it: so a time, too, is a place in the log.</summary>
    public required DateTimeOffset AppendedAt { get; init; }
    public required string Data { get; init; }
}
