using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Events;

/// <summary>Drops what the log need not keep. The newest event of an account always stays: numbering goes on from it.</summary>
internal sealed partial class EventTrimming(
    IDbContextFactory<GatewayDb> store, EventLog log, IOptions<EventOptions> options, TimeProvider clock, ILogger<EventTrimming> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try { await TrimAsync(stoppingToken); }
            catch (Exception error) when (error is not OperationCanceledException) { Log.TrimFailed(logger, error); }

            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task TrimAsync(CancellationToken ct)
    {
        var oldest = clock.GetUtcNow() - options.Value.KeepFor;
        await using var db = await store.CreateDbContextAsync(ct);
        var newest = await db.Events.GroupBy(e => e.Account).Select(g => new { Account = g.Key, Last = g.Max(e => e.Number) }).ToListAsync(ct);
        foreach (var (account, last) in newest.Select(n => (n.Account, n.Last)))
        {
            var aged = await db.Events.Where(e => e.Account == account && e.AppendedAt < oldest).MaxAsync(e => (long?)e.Number, ct) ?? 0;
            // Up to a number, not one by one: what is left has no holes, or a reader could not tell that it missed something.
            var upTo = Math.Min(last - 1, Math.Max(aged, last - options.Value.KeepAtMost));
            await log.DropAsync(account, upTo, ct);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Could not trim the event log")]
        public static partial void TrimFailed(ILogger logger, Exception error);
    }
}
