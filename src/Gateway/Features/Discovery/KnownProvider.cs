using Gateway.Mail;

namespace Gateway.Features.Discovery;

/// <summary>A line of providers.json.</summary>
/// <param name="Domains">Domains whose addresses the provider hands out.</param>
/// <param name="Mx">Last two labels of the hosts that take mail for its customers' own domains.</param>
internal sealed record KnownProvider(
    string Name, IReadOnlyList<string> Domains, ServerAddress Imap, ServerAddress Smtp,
    IReadOnlyList<string>? Mx = null, UsernameForm Username = UsernameForm.Address);
