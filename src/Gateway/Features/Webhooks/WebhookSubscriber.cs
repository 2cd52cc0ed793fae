using System.Text.Json;
using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Webhooks;

/// <summary>Sends one webhook the events it wants, each until it is delivered or given up.</summary>
internal sealed class WebhookSubscriber(WebhookRecord webhook, Webhooks webhooks, WebhookSending sending, IOptions<WebhookOptions> options, TimeProvider clock) : ILogSubscriber, IDisposable
{
    private readonly Webhook _wanted = Webhook.From(webhook);
    private readonly EndpointBreaker _breaker = new(clock);

    public Guid Id => webhook.Id;

    public string Version { get; } = VersionOf(webhook);

    public bool Follows(AccountId account) => _wanted.Accounts?.Contains(account) != false;

    public Task<Dictionary<AccountId, long>> PlacesAsync(CancellationToken ct) => webhooks.PositionsAsync(webhook, ct);

    public Task MoveAsync(AccountId account, long number, CancellationToken ct) => webhooks.MoveAsync(webhook.Id, account, number, ct);

    public bool Wants(MailEvent happened) => _wanted.Types?.Contains(happened.Type) != false && (_wanted.Mailboxes is not { } mailboxes || IsIn(mailboxes, happened.Data));

    public async Task TellAsync(MailEvent happened, long number, CancellationToken ct)
    {
        var known = await webhooks.PendingAsync(webhook.Id, happened.AccountId, number, ct); // from before a restart
        var delivery = known ?? webhooks.NewDelivery(webhook.Id, happened, number);
        var isNew = known is null;
        var attempts = WebhookDelivery.AttemptsOf(delivery);
        while (delivery.State == WebhookDeliveryState.Pending)
        {
            if (delivery.DueAt is { } due) { await _breaker.WaitAsync(due, ct); }

            var (attempt, asked) = await _breaker.RunAsync(() => TryAsync(happened, ct), outcome => outcome.Attempt.Succeeded, ct);
            attempts.Add(attempt);
            var again = attempt.Status == StatusCodes.Status410Gone ? null : options.Value.WaitAfter(attempts.Count);
            (delivery.State, delivery.DueAt) = attempt.Succeeded ? (WebhookDeliveryState.Delivered, null)
                : again is { } planned ? (WebhookDeliveryState.Pending, clock.GetUtcNow() + (asked > planned ? asked.Value : planned))
                : (WebhookDeliveryState.Failed, (DateTimeOffset?)null);
            delivery.Attempts = WebhookDelivery.Json(attempts);
            // From the answer on not cancellable: what was delivered must not be delivered again for want of a note.
            await webhooks.SaveAsync(delivery, isNew, CancellationToken.None);
            isNew = false;
            if (attempt.Status == StatusCodes.Status410Gone)
            {
                await webhooks.DisableAsync(webhook.Id, "The receiver answered 410 Gone.", ct);
                await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, clock, ct); // until the worker lets go of this webhook
            }
        }
    }

    public static string VersionOf(WebhookRecord webhook) => string.Join('\n', webhook.Url, webhook.Types, webhook.Accounts, webhook.Mailboxes, webhook.RewindTo?.Ticks);

    public void Dispose() => _breaker.Dispose();

    /// <summary>What is about no mailbox is wanted, too; a move is about two.</summary>
    private static bool IsIn(IReadOnlyList<MailboxId> mailboxes, JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("mailboxId", out var mailbox)) { return true; }

        return Has(mailbox) || (data.TryGetProperty("fromMailboxId", out var from) && Has(from));

        bool Has(JsonElement id) => mailboxes.Any(m => id.ValueEquals(m.ToString()));
    }

    /// <summary>With the secrets of now: whoever has just changed over must not be sent the old signature alone.</summary>
    private async Task<(WebhookAttempt Attempt, TimeSpan? Wait)> TryAsync(MailEvent happened, CancellationToken ct) =>
        await sending.SendAsync(await webhooks.CurrentAsync(webhook.Id, ct) ?? webhook, happened, ct);
}
