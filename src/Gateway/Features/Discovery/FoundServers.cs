using Gateway.Mail;

namespace Gateway.Features.Discovery;

/// <summary>The mail servers of a domain. Hosts and user name may hold the placeholders of the autoconfig format.</summary>
internal sealed record FoundServers(ServerAddress? Imap, ServerAddress? Smtp, string Username, DiscoverySource Source)
{
    private const string AddressPlaceholder = "%EMAILADDRESS%";
    private const string LocalPartPlaceholder = "%EMAILLOCALPART%";
    private const string DomainPlaceholder = "%EMAILDOMAIN%";
    private const int MaxHost = 253;
    private const int MaxUsername = 320;

    public FoundServers(ServerAddress? imap, ServerAddress? smtp, UsernameForm username, DiscoverySource source)
        : this(imap, smtp, username == UsernameForm.LocalPart ? LocalPartPlaceholder : AddressPlaceholder, source) { }

    public bool IsComplete => Imap is not null && Smtp is not null;

    /// <summary>Whether it holds for every address of the domain: a user name spelled out is one person's.</summary>
    public bool IsForEveryone => Username.Contains('%', StringComparison.Ordinal);

    /// <summary>Null when nothing usable is left once the placeholders are filled in.</summary>
    public DiscoveredServers? For(EmailParts address)
    {
        var (imap, smtp) = (Fill(Imap, address), Fill(Smtp, address));
        var username = Fill(Username, address);
        if (username.Length is 0 or > MaxUsername || username.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0) { username = address.Address; }

        return imap is null && smtp is null ? null : new(imap, smtp, username, Source);
    }

    private static ServerAddress? Fill(ServerAddress? server, EmailParts address)
    {
        if (server is null) { return null; }

        var host = Fill(server.Host, address);
        return host.Length <= MaxHost && Uri.CheckHostName(host) != UriHostNameType.Unknown ? server with { Host = host } : null;
    }

    private static string Fill(string text, EmailParts address) => text
        .Replace(AddressPlaceholder, address.Address, StringComparison.Ordinal)
        .Replace(LocalPartPlaceholder, address.LocalPart, StringComparison.Ordinal)
        .Replace(DomainPlaceholder, address.Domain, StringComparison.Ordinal);
}
