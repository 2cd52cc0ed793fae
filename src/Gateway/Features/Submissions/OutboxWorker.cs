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

    /// <summary>Accounts that may have attempts without an outcome on record: from an earlier process, or since the store failed us.</summary>
    private readonly ConcurrentDictionary<AccountId, bool> _interrupted = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var taken = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var added = outbox.AddedAsync(); // taken before the look, so that nothing falls between the two
            var next = clock.GetUtcNow() + AfterFailure;
            await GuardAsync(default, async () =>
            {
                if (!taken)
                {
                    foreach (var account in await outbox.InterruptedAccountsAsync(stoppingToken)) { _interrupted[account] = true; }

                    taken = true;
                }

                next = await StartDueAsync(stoppingToken);
            }, stoppingToken);
            var left = next - clock.GetUtcNow();
            var waiting = added.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, stoppingToken);
            // A timer counts from where it is made: a clock that jumped just then (a machine that slept) would have it wait too long.
            if (clock.GetUtcNow() < next) { await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }
        }

        await Task.WhenAll(outbox.Busy.Values);
    }

    /// <summary>Starts an account each, and tells when there may be something else to do.</summary>
    private async Task<DateTimeOffset> StartDueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var account in (await outbox.DueAccountsAsync(now, ct)).Union(_interrupted.Keys))
        {
            if (outbox.Busy.Count >= options.Value.ParallelAccounts) { break; }

            if (outbox.Busy.ContainsKey(account)) { continue; }

            var done = new TaskCompletionSource();
            outbox.Busy[account] = done.Task;
            _ = Task.Run(() => WorkAsync(account, done, ct), CancellationToken.None);
        }

        // What is due by now has been started, or waits for an account that wakes us when it is through.
        var latest = clock.GetUtcNow() + LongestWait;
        return await outbox.NextDueAsync(now, ct) is { } due && due < latest ? due : latest;
    }

    private async Task WorkAsync(AccountId account, TaskCompletionSource done, CancellationToken ct)
    {
        if (!await GuardAsync(account, () => WorkAsync(account, ct), ct))
        {
            _interrupted[account] = true;
            await Task.Delay(AfterFailure, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        outbox.Busy.TryRemove(account, out _);
        done.SetResult();
        outbox.Wake();
    }

    private async Task WorkAsync(AccountId account, CancellationToken ct)
    {
        if (_interrupted.ContainsKey(account))
        {
            foreach (var interrupted in await outbox.InterruptedAsync(account, ct)) { await sending.RecoverAsync(interrupted, ct); }

            _interrupted.TryRemove(account, out _);
        }

        while (!ct.IsCancellationRequested)
        {
            // A mail that waits goes before the copy of one that is out.
            if (await outbox.DueAsync(account, ct) is { Count: > 0 } due) { await sending.SendAsync(due, ct); }
            else if (await outbox.NextFilingAsync(account, ct) is { } sent) { await filing.FileAsync(sent, ct); }
            else { return; }
        }
    }

    /// <summary>False when the work failed.</summary>
    private async Task<bool> GuardAsync(AccountId account, Func<Task> work, CancellationToken ct)
    {
        try { await work(); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopping: what was under way is taken up at the next start.
        }
        catch (Exception error)
        {
            Log.OutboxFailed(logger, error, account); // an escaping exception would stop the host
            return false;
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The outbox failed for account {Account}")]
        public static partial void OutboxFailed(ILogger logger, Exception error, AccountId account);
    }
}
