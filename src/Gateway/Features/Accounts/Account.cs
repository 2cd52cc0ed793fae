using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Features.Accounts;

/// <summary>An account as callers see it: everything but the credentials.</summary>
/// <param name="Email">The mailbox's address.</param>
/// <param name="DisplayName">What to call it; also the name on the mail it sends.</param>
/// <param name="ExternalId">The caller's own id for it; no two accounts have the same.</param>
/// <param name="StateSince">Since when it has been in this state.</param>
/// <param name="StateDetail">Why, in the mail server's words where it gave any.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record Account(
    AccountId Id, string Email, string? DisplayName, string? ExternalId, AccountState State, DateTimeOffset StateSince,
    string? StateDetail, ServerAddress? Imap, ServerAddress? Smtp, DateTimeOffset CreatedAt)
{
    internal static Account From(AccountRecord record) => new(
        record.Id, record.Email, record.DisplayName, record.ExternalId, AccountStates.Parse(record.State), record.StateSince,
        record.StateDetail, record.Imap, record.Smtp, record.CreatedAt);
}
