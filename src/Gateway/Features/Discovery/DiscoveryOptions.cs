using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Discovery;

/// <summary>How the mail servers of an address are found.</summary>
internal sealed class DiscoveryOptions : IValidatableObject
{
    public const string Section = "Gateway:Discovery";

    /// <summary>Servers the operator names for domains; they come before everything else. Default none.</summary>
    [ValidateEnumeratedItems]
    public DiscoveryPreset[] Presets { get; set; } = [];

    /// <summary>Whether to ask DNS and the web when no preset fits. Default true.</summary>
    public bool Lookups { get; set; } = true;

    /// <summary>Where a domain publishes its document; <c>{domain}</c> and <c>{address}</c> are filled in. Default: the two places mail programs know.</summary>
    public string[] Autoconfig { get; set; } = [];

    /// <summary>The public database of providers, asked for a domain and never for an address. Empty: not asked. Default Thunderbird's.</summary>
    public string Ispdb { get; set; } = "https://autoconfig.thunderbird.net/v1.1/";

    /// <summary>DNS servers to ask, as <c>ADDRESS:PORT</c>. Default: the system's.</summary>
    public string[] NameServers { get; set; } = [];

    /// <summary>Lets documents come over plain HTTP, where anyone on the path can name the server that is sent the password. For tests alone; default false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>How long all lookups together may take. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer is remembered. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Remembered { get; set; } = TimeSpan.FromMinutes(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var place in Autoconfig.Append(Ispdb).Where(p => p.Length > 0))
        {
            if (!Uri.TryCreate(place.Replace("{domain}", "domain", StringComparison.Ordinal), UriKind.Absolute, out var uri)
                || !(uri.Scheme == Uri.UriSchemeHttps || (AllowHttp && uri.Scheme == Uri.UriSchemeHttp)))
            {
                yield return new($"{Section}: {place} is not an https address.");
            }
        }

        foreach (var server in NameServers.Where(s => !IPEndPoint.TryParse(s, out _))) { yield return new($"{Section}:NameServers: {server} is not ADDRESS:PORT."); }
    }
}
