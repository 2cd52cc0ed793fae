using Microsoft.Extensions.Options;

namespace Gateway.Features.Discovery;

/// <summary>Documents in Thunderbird's autoconfig format: a domain's own, and those of the public database.</summary>
internal sealed class AutoconfigLookup(AutoconfigDownload download, IOptions<DiscoveryOptions> options)
{
    /// <summary>Only the first place gets the address, since only that one answers by it.</summary>
    private static readonly string[] StandardPlaces =
    [
        "https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={address}",
        "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
    ];

    public async Task<FoundServers?> FindAsync(EmailParts address, CancellationToken ct)
    {
        var places = options.Value.Autoconfig is { Length: > 0 } named ? named : StandardPlaces;
        var found = await Task.WhenAll(places.Select(place => ReadAsync(place
            .Replace("{domain}", address.Domain, StringComparison.Ordinal)
            .Replace("{address}", Uri.EscapeDataString(address.Address), StringComparison.Ordinal), DiscoverySource.Autoconfig, ct)));
        return Array.Find(found, f => f is not null);
    }

    /// <summary>Asks for the domain alone: the database is run by strangers, who need not know who our users are.</summary>
    public async Task<FoundServers?> FindInIspdbAsync(string domain, CancellationToken ct) =>
        options.Value.Ispdb.Length == 0 ? null : await ReadAsync($"{options.Value.Ispdb.TrimEnd('/')}/{domain}", DiscoverySource.Ispdb, ct);

    private async Task<FoundServers?> ReadAsync(string place, DiscoverySource source, CancellationToken ct)
    {
        try { return await download.GetAsync(new Uri(place), ct) is { } document ? AutoconfigDocument.Read(document, source) : null; }
        catch (Exception error) when (LookupFailure.IsOne(error)) { return null; }
    }
}
