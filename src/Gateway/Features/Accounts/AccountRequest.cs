using Gateway.Mail;

namespace Gateway.Features.Accounts;

/// <summary>How to sign in to the mail servers.</summary>
/// <param name="Type">Only <c>password</c> so far.</param>
/// <param name="Password">The password, or an app password where the provider wants one.</param>
/// <param name="Username">What the servers call the user; the address when absent.</param>
public sealed record PasswordCredentials(string Type, string Password, string? Username = null);

/// <summary>An account to add. Servers left out are discovered from the address.</summary>
/// <param name="Email">The mailbox's address.</param>
/// <param name="DisplayName">What to call it; also the name on the mail it sends.</param>
/// <param name="ExternalId">The caller's own id for it; no two accounts have the same.</param>
public sealed record AccountRequest(
    string Email, PasswordCredentials Credentials, string? DisplayName = null, string? ExternalId = null,
    ServerAddress? Imap = null, ServerAddress? Smtp = null);
