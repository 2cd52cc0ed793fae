using System.Collections.Concurrent;
using Gateway.Mail;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Submissions;

/// <summary>Sends what is due: in order within an account, several accounts side by side.</summary>
internal sealed partial class OutboxWorker(
    Outbox outbox, Sending sending, Filing filing, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<OutboxWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<AccountId, Task> _busy = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var interrupted in await outbox.InterruptedAsync(stoppingToken))
        {
            await GuardAsync(interrupted.Account, () => sending.RecoverAsync(interrupted, stoppingToken));
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            var added = outbox.AddedAsync(); // taken before the look, so that nothing falls between the two
            var wait = AfterFailure;
            await GuardAsync(default, async () => wait = await StartDueAsync(stoppingToken));
            await Task.WhenAny(added, Task.Delay(wait, clock, stoppingToken));
        }

        await Task.WhenAll(_busy.Values);
    }

    /// <summary>Starts an account each, and tells how long there is nothing else to do.</summary>
    private async Task<TimeSpan> StartDueAsync(CancellationToken ct)
    {
        foreach (var account in await outbox.DueAccountsAsync(ct))
        {
            if (_busy.Count >= options.Value.ParallelAccounts) { break; }

            if (_busy.ContainsKey(account)) { continue; }

            var done = new TaskCompletionSource();
            _busy[account] = done.Task;
            _ = Task.Run(() => WorkAsync(account, done, ct), CancellationToken.None);
        }

        // A busy account wakes us when it is through.
        var next = _busy.IsEmpty ? await outbox.NextDueAsync(ct) - clock.GetUtcNow() : null;
        return next is { } wait && wait < LongestWait ? (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) : LongestWait;
    }

    private async Task WorkAsync(AccountId account, TaskCompletionSource done, CancellationToken ct)
    {
        await GuardAsync(account, async () =>
        {
            while (!ct.IsCancellationRequested && await outbox.NextAttemptAsync(account, ct) is { } due) { await sending.AttemptAsync(due, ct); }

            while (!ct.IsCancellationRequested && await outbox.NextFilingAsync(account, ct) is { } sent) { await filing.FileAsync(sent, ct); }
        });
        _busy.TryRemove(account, out _);
        done.SetResult();
        outbox.Wake();
    }

    private async Task GuardAsync(AccountId account, Func<Task> work)
    {
        try { await work(); }
        catch (OperationCanceledException)
        {
            // Stopping: what was under way is taken up at the next start.
        }
        catch (Exception error) { Log.OutboxFailed(logger, error, account); } // an escaping exception would stop the host
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The outbox failed for account {Account}")]
        public static partial void OutboxFailed(ILogger logger, Exception error, AccountId account);
    }
}
