namespace Gateway.Features.Contacts;

/// <summary>Somebody the account has written to, or heard from.</summary>
/// <param name="Address">The address itself.</param>
/// <param name="Name">The name last seen with it.</param>
/// <param name="LastSeenAt">When a mail to or from it was last sent.</param>
public sealed record Contact(string Address, string? Name, DateTimeOffset LastSeenAt);
