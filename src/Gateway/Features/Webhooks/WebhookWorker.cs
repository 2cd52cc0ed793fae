using Gateway.Features.Events;
using Gateway.Mail.Watching;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Webhooks;

/// <summary>Runs every webhook that is switched on, as it is now.</summary>
internal sealed partial class WebhookWorker(
    Webhooks webhooks, WebhookSending sending, EventLog log, Watchers watchers, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly LogFollowers _followers = new(log, watchers, clock, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        webhooks.Changed += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await RunAsync(await webhooks.ListAsync(stoppingToken), stoppingToken);
                    await webhooks.ForgetOldAsync(options.Value.KeepFor, stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException) { Log.Failed(logger, error); } // an escaping exception would stop the host

                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(_changed.WaitAsync(patience.Token), Task.Delay(LookAgain, clock, patience.Token));
                await patience.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is on its way is taken up at the next start.
        }
        finally
        {
            webhooks.Changed -= Wake;
            await _followers.DisposeAsync();
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<WebhookRecord> all, CancellationToken ct) => await _followers.ReplaceAsync(
        all.Where(w => w.Enabled).ToDictionary(w => w.Id, w => (WebhookSubscriber.VersionOf(w), (Func<Task<WebhookSubscriber>>)(() => MakeAsync(w, ct)))), ct);

    private async Task<WebhookSubscriber> MakeAsync(WebhookRecord webhook, CancellationToken ct)
    {
        if (webhook.RewindTo is { } since)
        {
            await webhooks.RewindAsync(webhook.Id, since, ct);
            webhook.RewindTo = null;
        }

        return new(webhook, webhooks, sending, options, clock);
    }

    private void Wake()
    {
        lock (_changed)
        {
            if (_changed.CurrentCount == 0) { _changed.Release(); }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Webhooks failed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
