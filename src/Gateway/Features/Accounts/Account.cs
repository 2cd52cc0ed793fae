using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Features.Accounts;

/// <summary>An account as callers see it: everything but the credentials.</summary>
public sealed record Account(
    AccountId Id, string Email, string? DisplayName, string? ExternalId, AccountState State, DateTimeOffset StateSince,
    string? StateDetail, ServerAddress? Imap, ServerAddress? Smtp, DateTimeOffset CreatedAt)
{
    internal static Account From(AccountRecord record) => new(
        record.Id, record.Email, record.DisplayName, record.ExternalId, AccountStates.Parse(record.State), record.StateSince,
        record.StateDetail, record.Imap, record.Smtp, record.CreatedAt);
}
