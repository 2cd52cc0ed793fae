using Microsoft.Extensions.Options;

namespace Gateway.Features.Submissions;

/// <summary>Lets go what the outbox need not keep any more.</summary>
internal sealed partial class OutboxExpiryWorker(Outbox outbox, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<OutboxExpiryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            try { await outbox.ForgetOldAsync(now - options.Value.KeepFor, now - options.Value.KeepFailedFor, stoppingToken); }
            catch (Exception error) when (error is not OperationCanceledException) { Log.Failed(logger, error); } // an escaping exception would stop the host
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Old submissions could not be forgotten")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
