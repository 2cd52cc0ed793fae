using Gateway.Storage;

namespace Gateway.Features.Submissions;

/// <summary>How far a submission has come, told from its recipients.</summary>
internal static class SubmissionOutcomes
{
    public static SubmissionState Of(SubmissionRecord submission)
    {
        // What came back had gone out.
        var states = submission.Recipients.ConvertAll(r => r.State == RecipientState.Bounced ? RecipientState.Accepted : r.State);
        return states.Contains(RecipientState.Pending) ? SubmissionState.Queued
            : states.TrueForAll(s => s == RecipientState.Accepted) ? SubmissionState.Sent
            : states.Contains(RecipientState.Accepted) ? SubmissionState.PartiallySent
            : states.Contains(RecipientState.Unknown) ? SubmissionState.Unknown
            : states.Contains(RecipientState.Canceled) ? SubmissionState.Canceled
            : SubmissionState.Failed;
    }

    /// <summary>Nothing of it is under way: it can be changed and canceled.</summary>
    public static bool IsWaiting(SubmissionRecord submission) => submission.State is SubmissionState.Held or SubmissionState.Scheduled or SubmissionState.Queued;

    /// <summary>It has ended, and not as it should have.</summary>
    public static bool IsRetryable(SubmissionRecord submission) =>
        submission is { State: SubmissionState.Failed or SubmissionState.PartiallySent or SubmissionState.Unknown, FilingDueAt: null };
}
