using System.ComponentModel.DataAnnotations;

namespace Gateway.Features.Submissions;

/// <summary>When and how long submissions are tried.</summary>
internal sealed class OutboxOptions
{
    public const string Section = "Gateway:Outbox";

    private static readonly TimeSpan[] Plan = [.. new[] { 1, 2, 5, 10, 30, 60 }.Select(m => TimeSpan.FromMinutes(m))];

    /// <summary>Waits between attempts; the last one is repeated. Default 1, 2, 5, 10, 30 and 60 minutes.</summary>
    public TimeSpan[] RetryAfter { get; set; } = [];

    /// <summary>A submission still refused for the moment after this has failed. Default 5 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(5);

    /// <summary>Accounts whose submissions are sent at the same time. Default 16.</summary>
    [Range(1, 1000)]
    public int ParallelAccounts { get; set; } = 16;

    /// <summary>Bytes that parts taken from messages may bring into one mail, all attachments counted. Default 26,214,400, which is 25 MB.</summary>
    [Range(1, 1024 * 1024 * 1024)]
    public int MaxAttachedBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>How long the mail of a submission that failed is kept, so that it can be sent again. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "366.00:00:00")]
    public TimeSpan KeepFailedFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a submission that has ended is remembered, and with it its idempotency key. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3660.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The wait after so many attempts.</summary>
    public TimeSpan WaitAfter(int attempts)
    {
        var plan = RetryAfter.Length > 0 ? RetryAfter : Plan; // not a default value: bound arrays are appended to
        return plan[Math.Clamp(attempts - 1, 0, plan.Length - 1)];
    }
}
