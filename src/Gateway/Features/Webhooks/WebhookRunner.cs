using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Mail.Watching;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Webhooks;

/// <summary>Sends one webhook its events: those of an account in their order, several accounts side by side. It keeps its accounts watched.</summary>
internal sealed partial class WebhookRunner(
    WebhookRecord webhook, Webhooks webhooks, WebhookSending sending, EventLog log, Watchers watchers, IOptions<WebhookOptions> options, TimeProvider clock, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Webhook _wanted = Webhook.From(webhook);
    private readonly EndpointBreaker _breaker = new(clock);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<AccountId, long> _positions = new();
    private readonly ConcurrentDictionary<AccountId, Task> _busy = new();
    private readonly ConcurrentDictionary<AccountId, bool> _news = new();
    private readonly ConcurrentDictionary<AccountId, IAsyncDisposable> _holds = new();

    public async Task StartAsync(CancellationToken ct)
    {
        foreach (var (account, number) in await webhooks.PositionsAsync(webhook, ct)) { _positions.TryAdd(account, number); }

        log.Appended += Note;
        // Once more, for an account that was added between the two.
        foreach (var (account, number) in await webhooks.PositionsAsync(webhook, ct)) { _positions.TryAdd(account, number); }

        foreach (var account in _positions.Keys) { Note(account); }
    }

    public async ValueTask DisposeAsync()
    {
        log.Appended -= Note;
        await _stop.CancelAsync();
        while (!_busy.IsEmpty) { await Task.WhenAll(_busy.Values); }

        foreach (var hold in _holds.Values) { await hold.DisposeAsync(); }

        _breaker.Dispose();
        _stop.Dispose();
    }

    private void Note(AccountId account)
    {
        if (_wanted.Accounts?.Contains(account) == false) { return; }

        _news[account] = true;
        lock (_busy)
        {
            if (_stop.IsCancellationRequested || _busy.ContainsKey(account)) { return; }

            var done = new TaskCompletionSource();
            _busy[account] = done.Task;
            _ = Task.Run(() => FollowAsync(account, done), CancellationToken.None);
        }
    }

    private async Task FollowAsync(AccountId account, TaskCompletionSource done)
    {
        _holds.GetOrAdd(account, watchers.Hold);
        while (true)
        {
            while (_news.TryRemove(account, out _) && !_stop.IsCancellationRequested)
            {
                try { await SendNewsAsync(account, _stop.Token); }
                catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                {
                    // Stopping, or changed: whoever comes next goes on from what is on record.
                }
                catch (Exception error) // an escaping exception would be lost, and the account silent for ever
                {
                    Log.Failed(logger, error, webhook.Id, account);
                    await Task.Delay(AfterFailure, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    _news[account] = true;
                }
            }

            lock (_busy)
            {
                if (_news.ContainsKey(account) && !_stop.IsCancellationRequested) { continue; }

                _busy.TryRemove(account, out _);
            }

            done.SetResult();
            return;
        }
    }

    private async Task SendNewsAsync(AccountId account, CancellationToken ct)
    {
        var position = _positions.GetOrAdd(account, 0); // an account added since
        while (true)
        {
            IReadOnlyList<MailEvent> events;
            try { events = await log.ReadAsync(account, position, ct); }
            catch (CursorExpiredException)
            {
                // Down, or switched off, for longer than the log reaches back: told as it is, and on with what there is.
                Log.Missed(logger, webhook.Id, account);
                _positions[account] = position = await log.FirstAsync(account, ct) - 1;
                continue;
            }

            if (events.Count == 0) { return; }

            var saved = position;
            foreach (var happened in events)
            {
                position++;
                if (!Matches(happened)) { continue; }

                await DeliverAsync(happened, position, ct);
                _positions[account] = saved = position;
            }

            if (saved < position) { await webhooks.MoveAsync(webhook.Id, account, position, ct); }

            _positions[account] = position;
        }
    }

    /// <summary>Tries until it is delivered, or given up.</summary>
    private async Task DeliverAsync(MailEvent happened, long number, CancellationToken ct)
    {
        var known = await webhooks.PendingAsync(webhook.Id, happened.AccountId, number, ct); // from before a restart
        var delivery = known ?? webhooks.NewDelivery(webhook.Id, happened, number);
        var isNew = known is null;
        var attempts = WebhookDelivery.AttemptsOf(delivery);
        while (delivery.State == WebhookDeliveryState.Pending)
        {
            if (delivery.DueAt is { } due) { await WaitAsync(due, ct); }

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

    /// <summary>With the secrets of now: whoever has just changed over must not be sent the old signature alone.</summary>
    private async Task<(WebhookAttempt Attempt, TimeSpan? Wait)> TryAsync(MailEvent happened, CancellationToken ct) =>
        await sending.SendAsync(await webhooks.CurrentAsync(webhook.Id, ct) ?? webhook, happened, ct);

    /// <summary>A receiver that answers again gets at once what it has missed. A clock that leaps ahead (a machine that slept) ends the wait, one that is set back does not make it longer.</summary>
    private async Task WaitAsync(DateTimeOffset due, CancellationToken ct)
    {
        var (began, planned, recovered) = (clock.GetTimestamp(), due - clock.GetUtcNow(), _breaker.RecoveredAsync());
        while (!recovered.IsCompleted && clock.GetUtcNow() < due && planned - clock.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(Task.Delay(left < LongestWait ? left : LongestWait, clock, over.Token), recovered);
            ct.ThrowIfCancellationRequested();
            await over.CancelAsync();
        }
    }

    private bool Matches(MailEvent happened) =>
        _wanted.Types?.Contains(happened.Type) != false
        && (_wanted.Mailboxes is not { } mailboxes || happened.Data.ValueKind != JsonValueKind.Object || !happened.Data.TryGetProperty("mailboxId", out var mailbox)
            || mailboxes.Any(m => m.ToString() == mailbox.GetString()));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Webhook {Webhook} failed for account {Account}")]
        public static partial void Failed(ILogger logger, Exception error, Guid webhook, AccountId account);

        [LoggerMessage(LogLevel.Warning, "Webhook {Webhook} missed events of account {Account}: the log has them no more")]
        public static partial void Missed(ILogger logger, Guid webhook, AccountId account);
    }
}
