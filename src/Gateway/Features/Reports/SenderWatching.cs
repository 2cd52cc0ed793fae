using System.Collections.Concurrent;
using Gateway.Mail;
using Gateway.Mail.Watching;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Reports;

/// <summary>Keeps the accounts watched that have sent something lately: what comes of it arrives in their inboxes.</summary>
internal sealed partial class SenderWatching(
    Watchers watchers, IAccountDirectory directory, IDbContextFactory<GatewayDb> store, IOptions<ReportOptions> options, TimeProvider clock, ILogger<SenderWatching> logger) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<AccountId, DateTimeOffset> _sent = new();
    private readonly Dictionary<AccountId, IAsyncDisposable> _holds = [];
    private readonly SemaphoreSlim _news = new(0);

    /// <summary>The account has just sent a mail.</summary>
    public void Sent(AccountId account)
    {
        var isNew = !_sent.ContainsKey(account);
        _sent[account] = clock.GetUtcNow();
        if (isNew) { _news.Release(); }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.WatchFor == TimeSpan.Zero) { return; }

        var known = false;
        try
        {
            while (true)
            {
                try
                {
                    if (!known) { await RememberAsync(stoppingToken); }

                    known = true;
                    await HoldAsync(stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException) { Log.Failed(logger, error); } // an escaping exception would stop the host

                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(_news.WaitAsync(patience.Token), Task.Delay(LookAgain, clock, patience.Token));
                await patience.CancelAsync();
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            foreach (var hold in _holds.Values) { await hold.DisposeAsync(); }
        }
    }

    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }

    /// <summary>Who sent something before we were started.</summary>
    private async Task RememberAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow() - options.Value.WatchFor;
        await using var db = await store.CreateDbContextAsync(ct);
        var senders = await db.Set<AttemptRecord>().Where(a => a.At > since)
            .Join(db.Submissions, a => a.SubmissionId, s => s.Id, (a, s) => new { s.Account, a.At })
            .GroupBy(a => a.Account).Select(g => new { Account = g.Key, At = g.Max(a => a.At) }).ToListAsync(ct);
        foreach (var sender in senders) { _sent.TryAdd(sender.Account, sender.At); }
    }

    private async Task HoldAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow() - options.Value.WatchFor;
        foreach (var (account, at) in _sent)
        {
            var isHeld = _holds.ContainsKey(account);
            if (at >= since && !isHeld && await directory.FindAsync(account, ct) is { Imap: not null }) { _holds[account] = watchers.Hold(account); }

            if (at >= since && (!isHeld || await directory.FindAsync(account, ct) is not null)) { continue; }

            _sent.TryRemove(new(account, at));
            if (_holds.Remove(account, out var hold)) { await hold.DisposeAsync(); }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Accounts that have sent something could not be watched")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
