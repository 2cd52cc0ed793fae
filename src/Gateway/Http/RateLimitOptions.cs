using System.ComponentModel.DataAnnotations;

namespace Gateway.Http;

/// <summary>How much one caller (an API key, a session, or an address before sign-in) may ask for.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "Gateway:RateLimits";

    /// <summary>Requests a second a caller may keep up. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 1000;

    /// <summary>Requests a caller may send at once after a pause. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 2000;

    /// <summary>Sign-ins a minute from one address. Default 20.</summary>
    [Range(1, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>Wrong passwords for one mailbox from one network (IPv4 /24, IPv6 /48) before sign-ins to it from there have to wait. Default 10.</summary>
    [Range(1, 1_000_000)]
    public int FailedSignIns { get; set; } = 10;

    /// <summary>How long wrong passwords count, from the first of them. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FailedSignInWindow { get; set; } = TimeSpan.FromMinutes(15);
}
