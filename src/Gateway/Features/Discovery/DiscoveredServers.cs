using Gateway.Mail;

namespace Gateway.Features.Discovery;

/// <summary>The mail servers of an address, and where the answer came from.</summary>
/// <param name="Username">What to sign in with.</param>
public sealed record DiscoveredServers(ServerAddress? Imap, ServerAddress? Smtp, string Username, DiscoverySource Source);
