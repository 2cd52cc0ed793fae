using DnsClient;
using DnsClient.Protocol;

namespace Gateway.Features.Discovery;

/// <summary>Recognises who hosts a domain's mail by the hosts that take it in.</summary>
internal sealed class MxLookup(ILookupClient dns, KnownProviders known, AutoconfigLookup autoconfig)
{
    public async Task<FoundServers?> FindAsync(EmailParts address, CancellationToken ct)
    {
        var answer = await dns.QueryAsync(address.Domain, QueryType.MX, QueryClass.IN, ct);
        if (answer.Answers.OfType<MxRecord>().MinBy(r => r.Preference) is not { } first) { return null; }

        // Its last two labels. Wrong under suffixes such as co.uk, where it finds nothing; a list of suffixes is not worth that.
        var labels = first.Exchange.Value.TrimEnd('.').ToLowerInvariant().Split('.');
        if (labels.Length < 2) { return null; }

        var host = string.Join('.', labels[^2..]);
        if (known.FindByMx(host) is { } provider) { return provider; }

        return await autoconfig.FindInIspdbAsync(host, ct) is { } found ? found with { Source = DiscoverySource.Mx } : null;
    }
}
