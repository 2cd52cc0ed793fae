using Gateway.Features.Submissions;
using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>A submission in the outbox. Its MIME stands apart in <see cref="SubmissionMimeRecord"/>, so that a look at the state never reads a mail.</summary>
internal sealed class SubmissionRecord
{
    public required Guid Id { get; init; }
    public required AccountId Account { get; init; }
    public required SubmissionState State { get; set; }
    public required string Sender { get; set; }
    public required string MessageIdHeader { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when the days of trying count: when it was first due, or somebody asked for it to be tried again. Null: from its making.</summary>
    public DateTimeOffset? TriedFrom { get; set; }

    /// <summary>When the next attempt is due; null when there is none.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Counts its changes: whoever changes it names the one they know, so that a cancel and a hand-over never both succeed.</summary>
    public int Version { get; set; }

    /// <summary>Set durably before the first mail byte leaves: from here on a lost answer means the outcome is unknown.</summary>
    public DateTimeOffset? HandedOverAt { get; set; }
    public bool SaveToSent { get; set; }

    /// <summary>When the copy is to be filed and the original flagged; null when there is nothing (more) to do.</summary>
    public DateTimeOffset? FilingDueAt { get; set; }
    public int FilingTries { get; set; }
    public string? InReplyTo { get; set; }

    /// <summary>The message this forwards, flagged so once it is sent.</summary>
    public string? Forwards { get; set; }

    /// <summary>The draft it was made of, removed once it is sent.</summary>
    public string? DraftId { get; init; }
    public string? SentMessageId { get; set; }

    /// <summary>What was reported of it, as JSON; null when nothing was.</summary>
    public string? Reports { get; set; }

    /// <summary>What the mails of one merge have in common.</summary>
    public Guid? MergeId { get; init; }

    /// <summary>Of a merge its first mail's alone: it is unique.</summary>
    public string? IdempotencyKey { get; init; }
    public byte[]? IdempotencyHash { get; init; }
    public List<RecipientRecord> Recipients { get; init; } = [];
    public List<AttemptRecord> AttemptLog { get; init; } = [];
}
