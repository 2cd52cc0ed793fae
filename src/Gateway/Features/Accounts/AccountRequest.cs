using Gateway.Mail;

namespace Gateway.Features.Accounts;

/// <summary>How to sign in to the mail servers.</summary>
/// <param name="Type">Only <c>password</c> so far.</param>
/// <param name="Username">What the servers call the user; the address when absent.</param>
public sealed record PasswordCredentials(string Type, string Password, string? Username = null);

/// <summary>An account to add. Servers left out are discovered from the address.</summary>
public sealed record AccountRequest(
    string Email, PasswordCredentials Credentials, string? DisplayName = null, string? ExternalId = null,
    ServerAddress? Imap = null, ServerAddress? Smtp = null);
