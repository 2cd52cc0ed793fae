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
    private readonly Dictionary<Guid, (string Version, WebhookRunner Runner)> _running = [];

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
            foreach (var (_, runner) in _running.Values) { await runner.DisposeAsync(); }
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<WebhookRecord> all, CancellationToken ct)
    {
        var wanted = all.Where(w => w.Enabled).ToDictionary(w => w.Id);
        foreach (var (id, (version, runner)) in _running.ToList())
        {
            if (wanted.TryGetValue(id, out var webhook) && VersionOf(webhook) == version) { continue; }

            await runner.DisposeAsync();
            _running.Remove(id);
        }

        foreach (var (id, webhook) in wanted)
        {
            if (_running.ContainsKey(id)) { continue; }

            if (webhook.RewindTo is { } since)
            {
                await webhooks.RewindAsync(id, since, ct);
                webhook.RewindTo = null;
            }

            var runner = new WebhookRunner(webhook, webhooks, sending, log, watchers, options, clock, logger);
            _running[id] = (VersionOf(webhook), runner);
            await runner.StartAsync(ct);
        }
    }

    /// <summary>Differs when it is to be sent other events, or from another place on.</summary>
    private static string VersionOf(WebhookRecord webhook) =>
        string.Join('\n', webhook.Url, webhook.Types, webhook.Accounts, webhook.Mailboxes, webhook.RewindTo?.Ticks);

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
