using System.Text.Json;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Features.Webhooks;

/// <summary>An address that is told of events, signed as Standard Webhooks has it, in their order for each account, at least once.</summary>
/// <param name="Id">Webhook id.</param>
/// <param name="Url">Where events are POSTed to.</param>
/// <param name="Name">For people.</param>
/// <param name="Types">Only events of these types; absent: all.</param>
/// <param name="Accounts">Only events of these accounts; absent: of every account, those added later included.</param>
/// <param name="Mailboxes">Of the events about messages only those in these mailboxes, moves into and out of them included; absent: all.</param>
/// <param name="Enabled">Whether events are sent. What happens while they are not is sent afterwards, as long as the event log has it.</param>
/// <param name="DisabledReason">Why it was switched off, when that was not asked for.</param>
/// <param name="Secret">What signatures are made with; told when it is made, and never again.</param>
/// <param name="CreatedAt">When it was added: it tells of what happened since.</param>
public sealed record Webhook(
    string Id, string Url, string? Name, IReadOnlyList<string>? Types, IReadOnlyList<AccountId>? Accounts, IReadOnlyList<MailboxId>? Mailboxes, bool Enabled,
    string? DisabledReason, DateTimeOffset CreatedAt, string? Secret = null)
{
    internal static Webhook From(WebhookRecord record) => new(
        record.Id.ToString("N"), record.Url, record.Name, List<string>(record.Types), List<AccountId>(record.Accounts), List<MailboxId>(record.Mailboxes),
        record.Enabled, record.DisabledReason, record.CreatedAt);

    internal static string? Json<T>(IReadOnlyList<T>? list) => list is null ? null : JsonSerializer.Serialize(list, WireJson.Options);

    private static List<T>? List<T>(string? json) => json is null ? null : JsonSerializer.Deserialize<List<T>>(json, WireJson.Options);
}

/// <summary>A webhook to add, or what one becomes.</summary>
/// <param name="Url">https, or http to a host that the operator has opened.</param>
/// <param name="Name">For people; at most 200 characters.</param>
/// <param name="Types">Only events of these types, at most 50; absent: all.</param>
/// <param name="Accounts">Only events of these accounts, at most 1,000; absent: of every account, which a key limited to some cannot ask for.</param>
/// <param name="Mailboxes">Of the events about messages only those in these mailboxes, moves into and out of them included, at most 1,000; absent: all.</param>
/// <param name="Enabled">Whether events are sent; <c>true</c> when absent.</param>
public sealed record WebhookRequest(
    string Url, string? Name = null, IReadOnlyList<string>? Types = null, IReadOnlyList<AccountId>? Accounts = null, IReadOnlyList<MailboxId>? Mailboxes = null, bool? Enabled = null);
