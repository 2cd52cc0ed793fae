using Gateway.Features.Events;
using Gateway.Features.Identities;
using Gateway.Features.Mailboxes;
using Gateway.Features.Session;
using Gateway.Mail.Watching;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Push;

/// <summary>Tells every subscribed browser of new mail.</summary>
internal sealed partial class PushWorker(
    PushSubscriptions subscriptions, PushSending sending, VapidKeys keys, MailboxNumbers numbers, Senders senders, Sessions sessions, IDbContextFactory<GatewayDb> store,
    EventLog log, Watchers watchers, TimeProvider clock, ILogger<PushWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly LogFollowers _followers = new(log, watchers, clock, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        subscriptions.Changed += Wake;
        sessions.Closed += OnClosed;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await keys.GetAsync(stoppingToken); // made at the first start, so that it is in every backup
                    var wanted = await subscriptions.ListAsync(stoppingToken);
                    await _followers.ReplaceAsync(wanted.ToDictionary(p => p.Id, p => (PushSubscriber.VersionOf(p), (Func<Task<PushSubscriber>>)(() => Task.FromResult(New(p))))), stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException) { Log.Failed(logger, error); } // an escaping exception would stop the host

                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(_changed.WaitAsync(patience.Token), Task.Delay(LookAgain, clock, patience.Token));
                await patience.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what was not told yet is told after the next start.
        }
        finally
        {
            sessions.Closed -= OnClosed;
            subscriptions.Changed -= Wake;
            await _followers.DisposeAsync();
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    private PushSubscriber New(PushSubscriptionRecord subscription) => new(subscription, subscriptions, sending, numbers, senders, store, clock, logger);

    /// <summary>Its subscriptions went with it.</summary>
    private void OnClosed(Guid session) => Wake();

    private void Wake()
    {
        lock (_changed)
        {
            if (_changed.CurrentCount == 0) { _changed.Release(); }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Push subscriptions failed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
