using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Gateway.Mail.Watching;

/// <summary>Publishes in order and tries again when that fails: the picture has moved on, so that an event dropped here would be lost for good. A store that is down is waited for, however long.</summary>
internal sealed partial class PatientSink(IMailboxEventSink sink, TimeProvider clock, ILogger logger)
{
    private const int MaxTries = 6;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public async Task PublishAsync(MailboxEvent happened, CancellationToken ct)
    {
        var wait = FirstWait;
        for (var tries = 1; ; tries++, wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await sink.PublishAsync(happened, ct);
                return;
            }
            catch (Exception error) when (!ct.IsCancellationRequested && (tries < MaxTries || IsStoreDown(error)))
            {
                Log.PublishFailed(logger, error, happened.Account, tries);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                // What can never be published must not keep everything after it from being told.
                Log.EventDropped(logger, error, happened.Account);
                return;
            }

            await Task.Delay(wait, clock, ct);
        }
    }

    private static bool IsStoreDown(Exception error) => error.GetBaseException() is DbException or IOException or TimeoutException;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "An event of account {Account} could not be published at try {Tries}")]
        public static partial void PublishFailed(ILogger logger, Exception error, AccountId account, int tries);

        [LoggerMessage(LogLevel.Error, "Dropped an event of account {Account} that could not be published")]
        public static partial void EventDropped(ILogger logger, Exception error, AccountId account);
    }
}
