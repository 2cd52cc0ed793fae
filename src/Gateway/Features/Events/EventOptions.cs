using System.ComponentModel.DataAnnotations;

namespace Gateway.Features.Events;

/// <summary>How long the event log is kept.</summary>
internal sealed class EventOptions
{
    public const string Section = "Gateway:Events";

    /// <summary>Events older than this are dropped. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Events an account keeps at most. Default 100,000.</summary>
    [Range(100, 10_000_000)]
    public int KeepAtMost { get; set; } = 100_000;
}
