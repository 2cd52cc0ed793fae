using System.Text.Json;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Features.Push;

/// <summary>A browser that is told of new mail (Web Push, RFC 8030). It ends when its webmail session is signed out, with its account, and when its push service says so.</summary>
/// <param name="Id">Subscription id.</param>
/// <param name="AccountId">Whose new mail it is told of.</param>
/// <param name="Endpoint">The browser's address at its push service.</param>
/// <param name="Mailboxes">New mail of these mailboxes; absent: of the inbox.</param>
/// <param name="QuietHours">When nothing is told.</param>
/// <param name="Private">Whether only that there is new mail is told, and not from whom and what about.</param>
/// <param name="CreatedAt">When it was added: it tells of what came since.</param>
public sealed record PushSubscription(
    string Id, AccountId AccountId, string Endpoint, IReadOnlyList<MailboxId>? Mailboxes, QuietHours? QuietHours, bool Private, DateTimeOffset CreatedAt)
{
    internal static PushSubscription From(PushSubscriptionRecord record) => new(
        record.Id.ToString("N"), record.Account, record.Endpoint, MailboxesOf(record), QuietHours.Of(record.QuietHours), record.IsPrivate, record.CreatedAt);

    internal static List<MailboxId>? MailboxesOf(PushSubscriptionRecord record) =>
        record.Mailboxes is null ? null : JsonSerializer.Deserialize<List<MailboxId>>(record.Mailboxes, WireJson.Options);
}

/// <summary>A push subscription to add, or what one becomes. A browser's own, as JSON, is the beginning of one.</summary>
/// <param name="Endpoint">The browser's address at its push service, https.</param>
/// <param name="Keys">The browser's keys.</param>
/// <param name="ExpirationTime">As browsers write it; the push service tells when it has ended, so it is not used.</param>
/// <param name="AccountId">Whose new mail to tell of; the only account within reach when absent.</param>
/// <param name="Mailboxes">New mail of these mailboxes, at most 100; absent: of the inbox.</param>
/// <param name="QuietHours">When nothing is to be told.</param>
/// <param name="Private">Tell only that there is new mail, and not from whom and what about; <c>false</c> when absent.</param>
public sealed record PushSubscriptionRequest(
    string Endpoint, PushKeys Keys, long? ExpirationTime = null, AccountId? AccountId = null, IReadOnlyList<MailboxId>? Mailboxes = null, QuietHours? QuietHours = null, bool? Private = null);

/// <summary>What a browser's notices are encrypted with, in base64url (RFC 8291).</summary>
/// <param name="P256dh">Its public key: an uncompressed point on P-256.</param>
/// <param name="Auth">Its authentication secret, 16 bytes.</param>
public sealed record PushKeys(string P256dh, string Auth);

/// <summary>What this server signs its pushes with (VAPID, RFC 8292).</summary>
/// <param name="PublicKey">Subscribe the browser with it: <c>applicationServerKey</c>, in base64url.</param>
public sealed record PushServerKey(string PublicKey);
