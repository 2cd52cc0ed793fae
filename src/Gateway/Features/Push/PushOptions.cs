using System.ComponentModel.DataAnnotations;

namespace Gateway.Features.Push;

/// <summary>How browsers are told of new mail.</summary>
internal sealed class PushOptions
{
    public const string Section = "Gateway:Push";

    /// <summary>A <c>mailto:</c> or <c>https:</c> address where the operators of push services can ask about this server (RFC 8292 section 2.1). Default: this project's.</summary>
    [RegularExpression("^(mailto:[^ ]+@[^ ]+|https://[^ ]+)$")]
    public string Contact { get; set; } = "https://github.com/gateway-mail/gateway";

    /// <summary>How long a push service may take to answer. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
