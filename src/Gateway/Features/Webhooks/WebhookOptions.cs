using System.ComponentModel.DataAnnotations;

namespace Gateway.Features.Webhooks;

/// <summary>How webhooks are delivered.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Gateway:Webhooks";

    /// <summary>The plan of Standard Webhooks: ten tries in 75 hours.</summary>
    private static readonly TimeSpan[] Plan =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How long a receiver may take to answer. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Waits between tries, with a fifth of chance in them; after the last one an event counts as not delivered. Default 5 s, 5 and 30 min, 2, 5, 10, 14, 20 and 24 h.</summary>
    public TimeSpan[] RetryAfter { get; set; } = [];

    /// <summary>How long an old secret signs beside its successor. Default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the log of deliveries is kept. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The wait after so many tries; null when there are no more.</summary>
    public TimeSpan? WaitAfter(int tries)
    {
        var plan = RetryAfter.Length > 0 ? RetryAfter : Plan; // not a default value: bound arrays are appended to
        return tries <= plan.Length ? plan[tries - 1] * (0.8 + (Random.Shared.NextDouble() * 0.4)) : null;
    }
}
