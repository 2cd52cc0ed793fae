using Gateway.Features.Accounts;
using Gateway.Features.Events;
using Gateway.Features.Identities;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Push;

/// <summary>Tells one browser of new mail: what it wants to hear of, once, and soon or not at all.</summary>
internal sealed partial class PushSubscriber(
    PushSubscriptionRecord subscription, PushSubscriptions subscriptions, PushSending sending, MailboxNumbers numbers, Senders senders, IDbContextFactory<GatewayDb> store,
    TimeProvider clock, ILogger logger) : ILogSubscriber, IDisposable
{
    private const string Inbox = "INBOX";
    private static readonly string[] JunkWords = ["$Junk", "Junk"];
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)];

    private readonly List<MailboxId>? _mailboxes = PushSubscription.MailboxesOf(subscription);
    private readonly QuietHours? _quietHours = QuietHours.Of(subscription.QuietHours);
    private readonly EndpointBreaker _breaker = new(clock);

    public Guid Id => subscription.Id;

    public string Version { get; } = VersionOf(subscription);

    public bool Follows(AccountId account) => account == subscription.Account;

    public Task<Dictionary<AccountId, long>> PlacesAsync(CancellationToken ct) => subscriptions.PlacesAsync(subscription.Id, ct);

    public Task MoveAsync(AccountId account, long number, CancellationToken ct) => subscriptions.MoveAsync(subscription.Id, number, ct);

    public bool Wants(MailEvent happened) => happened.Type == EventTypes.MessageCreated && !IsOld(happened);

    public async Task TellAsync(MailEvent happened, long number, CancellationToken ct)
    {
        var message = ArrivedMessage.Of(happened.Data);
        if (_quietHours?.Hold(clock.GetUtcNow()) != true && await IsNewsAsync(message, ct)) { await PushAsync(happened, PushNotice.Of(happened.AccountId, message, subscription.IsPrivate), ct); }

        await subscriptions.MoveAsync(subscription.Id, number, CancellationToken.None);
    }

    public static string VersionOf(PushSubscriptionRecord subscription) => string.Join(
        '\n', subscription.Endpoint, Convert.ToHexString(subscription.PublicKey), Convert.ToHexString(subscription.SealedAuth), subscription.Mailboxes, subscription.QuietHours, subscription.IsPrivate);

    public void Dispose() => _breaker.Dispose();

    /// <summary>What was moved here from elsewhere is no new mail, nor is what came while the server was down for days.</summary>
    private bool IsOld(MailEvent happened) => clock.GetUtcNow() - happened.OccurredAt > PushSending.KeepFor;

    private async Task<bool> IsNewsAsync(ArrivedMessage message, CancellationToken ct)
    {
        if (message.Flags.Contains(MessageFlag.Seen) || message.Flags.Contains(MessageFlag.Draft) || message.Keywords.Intersect(JunkWords, StringComparer.OrdinalIgnoreCase).Any()) { return false; }

        var isWanted = _mailboxes?.Contains(message.MailboxId)
            ?? (await numbers.FindAsync(subscription.Account, message.MailboxId, ct) is { } place && place.Path.Equals(Inbox, StringComparison.OrdinalIgnoreCase));
        return isWanted && !await IsOwnAsync(message, ct);
    }

    private async Task<bool> IsOwnAsync(ArrivedMessage message, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        if (await db.AccountAsync(subscription.Account, ct) is not { } account) { return true; } // gone

        var own = await senders.OfAsync(account, ct);
        return message.From.Any(from => own.May(from.Email));
    }

    private async Task PushAsync(MailEvent happened, PushNotice notice, CancellationToken ct)
    {
        for (var tries = 0; !IsOld(happened); tries++)
        {
            var attempt = await _breaker.RunAsync(() => sending.SendAsync(subscription, notice, ct), outcome => outcome.Succeeded || !outcome.IsRetryable, ct);
            if (attempt.Succeeded) { return; }

            if (attempt.IsGone)
            {
                Log.Gone(logger, subscription.Id);
                await subscriptions.DeleteAsync(subscription.Id, ct);
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, ct); // until the worker lets go of this subscription
            }

            if (!attempt.IsRetryable || tries == Waits.Length)
            {
                Log.GivenUp(logger, subscription.Id, attempt.Status);
                return;
            }

            await _breaker.WaitAsync(clock.GetUtcNow() + (attempt.Wait > Waits[tries] ? attempt.Wait.Value : Waits[tries]), ct);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Push subscription {Subscription} has ended")]
        public static partial void Gone(ILogger logger, Guid subscription);

        [LoggerMessage(LogLevel.Warning, "A notice to push subscription {Subscription} was given up: {Status}")]
        public static partial void GivenUp(ILogger logger, Guid subscription, int? status);
    }
}
