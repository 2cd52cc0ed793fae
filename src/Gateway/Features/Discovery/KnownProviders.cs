using System.Collections.Frozen;
using System.Text.Json;
using Gateway.Http;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Discovery;

/// <summary>Servers that need no lookup: the operator's presets, then the providers of providers.json.</summary>
internal sealed class KnownProviders
{
    private readonly FrozenDictionary<string, FoundServers> _byDomain;
    private readonly FrozenDictionary<string, FoundServers> _byMx;
    private readonly FrozenDictionary<string, string> _authservByImap;

    public KnownProviders(IOptions<DiscoveryOptions> options)
    {
        using var table = typeof(KnownProviders).Assembly.GetManifestResourceStream("providers.json")!;
        var providers = JsonSerializer.Deserialize<KnownProvider[]>(table, WireJson.Options)!;
        var byDomain = providers.SelectMany(p => p.Domains, (p, domain) => (domain, Of(p, DiscoverySource.Preset))).ToDictionary();
        foreach (var preset in options.Value.Presets)
        {
            byDomain[EmailParts.AsciiDomain(preset.Domain) ?? preset.Domain] = new(preset.Imap, preset.Smtp, preset.Username, DiscoverySource.Preset);
        }

        _authservByImap = providers.Where(p => p.Authserv is not null).DistinctBy(p => p.Imap.Host)
            .ToFrozenDictionary(p => p.Imap.Host, p => p.Authserv!, StringComparer.OrdinalIgnoreCase);
        _byDomain = byDomain.ToFrozenDictionary();
        _byMx = providers.SelectMany(p => p.Mx ?? [], (p, mx) => (mx, Of(p, DiscoverySource.Mx))).ToDictionary().ToFrozenDictionary();
    }

    public FoundServers? Find(string domain) => _byDomain.GetValueOrDefault(domain);

    /// <summary>The provider whose hosts take a domain's mail.</summary>
    public FoundServers? FindByMx(string mxDomain) => _byMx.GetValueOrDefault(mxDomain);

    /// <summary>What the provider behind an IMAP host calls its servers in Authentication-Results, or the domain of those names.</summary>
    public string? AuthservOf(string imapHost) => _authservByImap.GetValueOrDefault(imapHost);

    private static FoundServers Of(KnownProvider provider, DiscoverySource source) => new(provider.Imap, provider.Smtp, provider.Username, source);
}
