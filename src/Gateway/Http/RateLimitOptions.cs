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
}
