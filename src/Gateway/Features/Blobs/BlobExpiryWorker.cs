namespace Gateway.Features.Blobs;

/// <summary>Forgets uploads whose time is over.</summary>
internal sealed partial class BlobExpiryWorker(BlobStore blobs, TimeProvider clock, ILogger<BlobExpiryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { await blobs.DeleteExpiredAsync(stoppingToken); }
            catch (Exception error) when (error is not OperationCanceledException) { Log.Failed(logger, error); } // an escaping exception would stop the host
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Could not forget expired uploads")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
