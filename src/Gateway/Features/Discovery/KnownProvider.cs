using Gateway.Mail;

namespace Gateway.Features.Discovery;

/// <summary>A line of providers.json.</summary>
/// <param name="Domains">Domains whose addresses the provider hands out.</param>
/// <param name="Authserv">What its servers call themselves where they say what they found out about a sender (RFC 8601), or the domain those names are in.</param>
/// <param name="Mx">Last two labels of the hosts that take mail for its customers' own domains.</param>
internal sealed record KnownProvider(
    string Name, IReadOnlyList<string> Domains, ServerAddress Imap, ServerAddress Smtp,
    IReadOnlyList<string>? Mx = null, UsernameForm Username = UsernameForm.Address, string? Authserv = null);
