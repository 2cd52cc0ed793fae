namespace Gateway.Http;

/// <summary>Forgets idempotency keys whose time is over.</summary>
internal sealed partial class IdempotentAnswersExpiryWorker(IdempotentAnswers answers, TimeProvider clock, ILogger<IdempotentAnswersExpiryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { await answers.ForgetOldAsync(stoppingToken); }
            catch (Exception error) when (error is not OperationCanceledException) { Log.Failed(logger, error); } // an escaping exception would stop the host
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Could not forget old idempotency keys")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
