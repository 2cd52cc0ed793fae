using System.ComponentModel.DataAnnotations;

namespace Gateway.Mail.Watching;

/// <summary>How mailboxes are watched.</summary>
public sealed class WatchOptions
{
    public const string Section = "Gateway:Watch";

    /// <summary>An IDLE is ended and begun anew after this; servers may drop one after 30 min (RFC 2177). Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:29:00")]
    public TimeSpan RenewAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a server may take to answer the end of an IDLE before its link is given up. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan EndDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a mailbox is looked at where IDLE cannot be used. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How soon the mailboxes that are not selected are looked at again after something has happened in one of them, on servers without NOTIFY. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PollFastest { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often they are looked at when nothing happens for long, and at the latest on servers with NOTIFY. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PollSlowest { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>First wait after a lost link; doubled with jitter up to <see cref="MaxBackoff"/>. Default 0.2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan MinBackoff { get; set; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Longest wait between two tries. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an account is still watched after the last reader left, so that a page reload costs nothing. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a mailbox that was listed twice within a minute is watched after the last look at it, so that lists come from memory. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ViewLinger { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How much memory views may take in all, in bytes; beyond it the one that nobody looked at for longest is let go. What is followed for its events stays. Default 64 MiB, which is some 8 million messages.</summary>
    [Range(1024L, 1L << 40)]
    public long ViewBudget { get; set; } = 64L << 20;
}
