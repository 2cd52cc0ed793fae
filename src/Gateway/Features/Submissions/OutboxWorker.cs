using System.Collections.Concurrent;
using Gateway.Features.Pacing;
using Gateway.Mail;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Submissions;

/// <summary>Sends what is due: in order within an account, several accounts side by side and in turns.</summary>
internal sealed partial class OutboxWorker(
    Outbox outbox, Paces paces, Sending sending, Filing filing, RetryWaits waits, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<OutboxWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Accounts that may have attempts without an outcome on record: from an earlier process, or since the store failed us.</summary>
    private readonly ConcurrentDictionary<AccountId, bool> _interrupted = new();

    /// <summary>When each account had its last turn, by their number.</summary>
    private readonly Dictionary<AccountId, long> _turns = [];
    private long _turn;

    /// <summary>What the wall clock said at the last look. Before the first it may have been set back as well.</summary>
    private DateTimeOffset _looked = DateTimeOffset.MaxValue;

    /// <summary>Accounts wait for others to end their turn.</summary>
    private volatile bool _crowded;

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
        var next = now + LongestWait;
        if (now < _looked) { await waits.ShortenAsync(now, ct); }

        _looked = now;
        var due = await outbox.DueAccountsAsync(now, ct);
        paces.Retain(due);
        var ready = (await outbox.FilingAccountsAsync(now, ct)).Union(_interrupted.Keys).ToHashSet();
        foreach (var account in due.Where(a => !outbox.Busy.ContainsKey(a)).OrderBy(a => _turns.GetValueOrDefault(a)))
        {
            // What waits for its turn is begun by whoever ends theirs, and wakes us.
            if (paces.Known(account)?.OpensAt(now) is not { } opens) { ready.Add(account); }
            else if (opens < next) { next = opens; }
        }

        _crowded = false;
        foreach (var account in ready.Where(a => !outbox.Busy.ContainsKey(a)).OrderBy(a => _turns.GetValueOrDefault(a)))
        {
            if (outbox.Busy.Count >= options.Value.ParallelAccounts)
            {
                _crowded = true;
                break;
            }

            var done = new TaskCompletionSource();
            (outbox.Busy[account], _turns[account]) = (done.Task, ++_turn);
            _ = Task.Run(() => WorkAsync(account, done, ct), CancellationToken.None);
        }

        return await outbox.NextDueAsync(now, ct) is { } later && later < next ? later : next;
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

        if (await paces.OfAsync(account, ct) is not { } pace) { return; }

        do
        {
            // A mail that waits goes before the copy of one that is out.
            if (await SendAsync(account, pace, ct)) { continue; }

            if (await outbox.NextFilingAsync(account, ct) is not { } sent) { return; }

            await filing.FileAsync(sent, ct);
        }
        while (!ct.IsCancellationRequested && !_crowded && !pace.Host.IsCrowded);
    }

    /// <summary>One turn of the account; false when it has none, or needs none.</summary>
    private async Task<bool> SendAsync(AccountId account, AccountPace pace, CancellationToken ct)
    {
        if (await outbox.DueAsync(account, ct) is not { Count: > 0 } due || !pace.Enter(clock.GetUtcNow())) { return false; }

        try { await sending.SendAsync(due, pace, ct); }
        finally { pace.Leave(); }

        return true;
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
