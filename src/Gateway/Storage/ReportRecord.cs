using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>A message that arrived and looks like a report on something sent: opened soon, and forgotten then.</summary>
internal sealed class ReportRecord
{
    public required AccountId Account { get; init; }

    /// <summary>The message's key.</summary>
    public required string MessageId { get; init; }
    public DateTimeOffset DueAt { get; set; }
    public int Tries { get; set; }
}
