using DnsClient;
using DnsClient.Protocol;
using Gateway.Mail;

namespace Gateway.Features.Discovery;

/// <summary>SRV records: RFC 6186 names the services, RFC 8314 adds submission over TLS and prefers TLS from the first byte.</summary>
internal sealed class SrvLookup(ILookupClient dns)
{
    public async Task<FoundServers?> FindAsync(EmailParts address, CancellationToken ct)
    {
        var imap = FirstAsync(address.Domain, "_imaps._tcp", "_imap._tcp", ct);
        var smtp = FirstAsync(address.Domain, "_submissions._tcp", "_submission._tcp", ct);
        await Task.WhenAll(imap, smtp);
        var found = new FoundServers(await imap, await smtp, UsernameForm.Address, DiscoverySource.Srv);
        return found is { Imap: null, Smtp: null } ? null : found;
    }

    private async Task<ServerAddress?> FirstAsync(string domain, string tlsService, string startTlsService, CancellationToken ct)
    {
        var tls = AskAsync($"{tlsService}.{domain}", MailSecurity.Tls, ct);
        var startTls = AskAsync($"{startTlsService}.{domain}", MailSecurity.StartTls, ct);
        await Task.WhenAll(tls, startTls);
        return await tls ?? await startTls;
    }

    private async Task<ServerAddress?> AskAsync(string name, MailSecurity security, CancellationToken ct)
    {
        var answer = await dns.QueryAsync(name, QueryType.SRV, QueryClass.IN, ct);
        // RFC 2782 draws among equals by weight. The answer is stored with the account, so the heaviest serves it best.
        return answer.Answers.OfType<SrvRecord>().OrderBy(r => r.Priority).ThenByDescending(r => r.Weight).FirstOrDefault() is { } record
            && record.Target.Value.TrimEnd('.') is { Length: > 0 } host // "." says that there is no such service
            && record.Port > 0
            ? new(host.ToLowerInvariant(), record.Port, security)
            : null;
    }
}
