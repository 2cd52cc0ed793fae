using Gateway.Http;
using Gateway.Storage;

namespace Gateway.Features.Submissions;

/// <summary>When a submission is to leave: at once, not before a time, or when it is released.</summary>
internal static class SendingTime
{
    private const int MaxUndo = 3600;
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(366);

    public static void Check(Checks checks, DateTimeOffset? sendAt, int? undoSeconds, DateTimeOffset now)
    {
        if (sendAt - now > MaxAhead) { checks.Fail("/sendAt", "must be at most a year ahead"); }

        if (undoSeconds is < 0 or > MaxUndo) { checks.Fail("/undoSeconds", $"must be 0 to {MaxUndo}"); }
    }

    /// <summary>Sets state and due time. A time that has passed is now.</summary>
    public static void Set(SubmissionRecord submission, DateTimeOffset? sendAt, int? undoSeconds, bool hold, DateTimeOffset now)
    {
        var due = now.AddSeconds(undoSeconds ?? 0);
        if (sendAt > due) { due = sendAt.Value; }

        submission.TriedFrom = due;
        (submission.State, submission.DueAt) = hold ? (SubmissionState.Held, null) : (due > now ? SubmissionState.Scheduled : SubmissionState.Queued, (DateTimeOffset?)due);
    }
}
