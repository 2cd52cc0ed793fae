using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.Logging;

namespace Gateway.Mail.Watching;

/// <summary>Watches one mailbox: IDLE (RFC 2177) where the server has it, NOOP where not; what was missed while the link was down is told after it is back.</summary>
internal sealed partial class MailboxWatcher(
    AccountId account, string path, ImapPool pool, Turns<WatchKey> turns, OtherMailboxes? others, IMailboxEventSink sink, WatchOptions options,
    TimeProvider clock, ILogger logger)
{
    private readonly MailboxTelling _telling = new(account, path, sink, clock, logger);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MailboxView? _view;
    private volatile IMailFolder? _live;
    private readonly Lock _waking = new();
    private Action? _wake;
    private int _asked;
    private volatile int _answered;

    /// <summary>Hears of the account's other mailboxes, if this is the inbox's watcher.</summary>
    public OtherMailboxes? Others => others;

    /// <summary>The view of the mailbox is kept true at this moment: every change becomes an event.</summary>
    public bool IsLive => _live is not null;

    /// <summary>The mailbox as the server last told of it; null when it has told more than is known yet, or we have changed something since.</summary>
    public MailboxView? View =>
        _live is { } folder && IsAnswered && _view is { } view && view.Count == folder.Count ? view : null;

    /// <summary>What it knows takes about so much memory, in bytes.</summary>
    public long Bytes => _view?.Bytes ?? 0;

    /// <summary>Another session has changed the mailbox: the server is asked what became of it, and until then there is no view.</summary>
    public void Refresh()
    {
        Interlocked.Increment(ref _asked);
        lock (_waking) { _wake?.Invoke(); }
    }

    /// <summary>Completes once the mailbox is watched for the first time, or could not be: what arrives from then on is told, now or after the next try.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var backoff = options.MinBackoff;
        while (!ct.IsCancellationRequested)
        {
            var forgotten = pool.Forgotten(account);
            var began = clock.GetTimestamp();
            try { await WatchOnceAsync(ct); }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
            catch (Exception error) // a watcher never ends because a server misbehaves
            {
                // A link that held for longer than the last wait was a good one: its loss is no reason for patience.
                if (clock.GetElapsedTime(began) > backoff) { backoff = options.MinBackoff; }

                Log.LinkLost(logger, account, MailFaults.From(error).Fault, backoff);
                await RestAsync(backoff, forgotten, ct);
                backoff = backoff * 2 < options.MaxBackoff ? backoff * 2 : options.MaxBackoff;
            }
        }

        if (others is not null) { await others.EndAsync(); }
    }

    private bool IsAnswered => _answered == Volatile.Read(ref _asked);

    private void WhenAsked(Action? act)
    {
        lock (_waking) { _wake = act; }
    }

    private async Task WatchOnceAsync(CancellationToken ct)
    {
        try { await WatchAsync(ct); }
        finally
        {
            _live = null;
            _settled.TrySetResult();
        }
    }

    /// <summary>Waits before the next try; new credentials end it.</summary>
    private async Task RestAsync(TimeSpan backoff, CancellationToken forgotten, CancellationToken ct)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(forgotten, ct);
        // Full jitter, so that a thousand watchers do not come back in step.
        await Task.Delay(backoff * (0.5 + Random.Shared.NextDouble() / 2), clock, rest.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        var asked = Volatile.Read(ref _asked); // before the mailbox is read, so that what is asked meanwhile is asked of the server
        await using (var lease = await pool.LeaseAsync(account, path, FolderAccess.ReadOnly, Lane.Background, ct))
        {
            others?.Attach();
            FolderChanges changes;
            CancellationToken? held;
            using (await turns.EnterAsync(WatchKey.Of(account, path), ct))
            {
                changes = await ResyncAsync(lease, ct);
                held = lease.TryHold();
                if (held is not null) { (_answered, _live) = (asked, lease.Folder); }
            }

            using (changes)
            {
                try
                {
                    if (held is { } squeezed)
                    {
                        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, lease.Forgotten, squeezed);
                        if (others is { IsDue: true }) { await others.LookAsync(lease, ct); }

                        _settled.TrySetResult();
                        await FollowAsync(lease, changes, end.Token, ct);
                        return;
                    }

                    if (others is { IsDue: true }) { await others.LookAsync(lease, ct); }
                }
                finally { await TellNotedAsync(changes, ct); }
            }
        }

        _settled.TrySetResult();
        // To keep the only session would leave none for a person: look now and then instead.
        await Task.Delay(options.PollEvery, clock, ct);
    }

    /// <summary>Compares the mailbox with what was known and tells the differences, each once.</summary>
    private async Task<FolderChanges> ResyncAsync(MailboxLease lease, CancellationToken ct)
    {
        var now = new MailboxView(lease.UidValidity, lease.Folder.Count);
        if (lease.Folder.Count > 0)
        {
            foreach (var message in await lease.Folder.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags, lease.CommandToken))
            {
                now.Add(message);
            }
        }

        // From here on what the server tells is noted, so that nothing falls between the comparison and the IDLE.
        var changes = new FolderChanges(lease.Folder, now, clock);
        try
        {
            await TellDifferencesAsync(lease, now, ct);
            _view = now;
            return changes;
        }
        catch
        {
            changes.Dispose();
            throw;
        }
    }

    private async Task TellDifferencesAsync(MailboxLease lease, MailboxView now, CancellationToken ct)
    {
        var snapshot = now.Snapshot();
        if (await sink.ToldAsync(account, path, now.UidValidity, ct) is { } told)
        {
            await _telling.TellDifferencesAsync(lease, MailboxDifferences.Of(told, snapshot.Uids, now.Find).Differences, snapshot, counts: false, ct);
        }
        else { await _telling.BeginAsync(now.UidValidity, snapshot, isAnew: _view is not null, ct); }
    }

    private async Task FollowAsync(MailboxLease lease, FolderChanges changes, CancellationToken end, CancellationToken ct)
    {
        var heard = _answered;
        while (!end.IsCancellationRequested)
        {
            await TellNotedAsync(changes, ct);
            if (changes.HasArrivals)
            {
                await TellArrivalsAsync(lease, changes, ct);
                continue;
            }

            if (_view!.Count != lease.Folder.Count) { throw new MailException(MailFault.Protocol, "The view of the mailbox went out of step."); }

            _answered = heard;
            if (others is { IsDue: true }) { await others.LookAsync(lease, ct); }
            else if (heard == Volatile.Read(ref _asked)) { await ListenAsync(lease, changes, end); }
            else
            {
                heard = Volatile.Read(ref _asked);
                await lease.RefreshAsync();
            }
        }
    }

    private async Task TellArrivalsAsync(MailboxLease lease, FolderChanges changes, CancellationToken ct)
    {
        var (detectedAt, last) = (changes.DetectedAt, _view!.LastUid);
        changes.ArrivalsSeen();
        var arrived = await _telling.FetchAsync(lease, new UniqueIdRange(new(last + 1), UniqueId.MaxValue), uid => uid > last);
        foreach (var message in arrived) { _view.Add(message); }

        await _telling.TellAsync(_view.UidValidity, [], [], arrived, detectedAt, ct);
    }

    private Task TellNotedAsync(FolderChanges changes, CancellationToken ct)
    {
        var detectedAt = changes.DetectedAt;
        return _telling.TellAsync(_view!.UidValidity, changes.TakeVanished(), changes.TakeChanged(), [], detectedAt, ct);
    }

    /// <summary>Waits until the server tells of a change, or it is time to show that we are still there.</summary>
    private async Task ListenAsync(MailboxLease lease, FolderChanges changes, CancellationToken end)
    {
        var client = lease.Session.Client;
        if (!client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            using var woken = CancellationTokenSource.CreateLinkedTokenSource(end);
            WhenAsked(woken.Cancel);
            others?.WhenRung(woken.Cancel);
            if (IsAnswered && others is not { IsDue: true }) { await Task.Delay(options.PollEvery, clock, woken.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }

            WhenAsked(null);
            others?.WhenRung(null);
            await lease.RefreshAsync();
            return;
        }

        using var done = new CancellationTokenSource(options.RenewAfter, clock);
        using var hard = new CancellationTokenSource(options.RenewAfter + options.EndDeadline, clock);
        // A half-open link has no read time-out during IDLE: what ends it is done, and hard when that goes unanswered.
        using var ended = done.Token.Register(() => hard.CancelAfter(options.EndDeadline));
        using var stopped = end.Register(done.Cancel);
        using var look = new CancellationTokenSource(others?.DueIn ?? Timeout.InfiniteTimeSpan, clock);
        using var due = look.Token.Register(done.Cancel);
        changes.WhenNoted(done.Cancel);
        WhenAsked(done.Cancel);
        others?.WhenRung(done.Cancel);
        lease.Session.Received.WhenBye(hard.Cancel);
        try
        {
            if (!changes.Any && IsAnswered && others is not { IsDue: true }) { await client.IdleAsync(done.Token, hard.Token); }

            // Some servers tell nothing while they idle: whoever heard nothing until now asks.
            if (!changes.Any && IsAnswered && !end.IsCancellationRequested) { await lease.RefreshAsync(); }
        }
        catch (OperationCanceledException) when (lease.Session.Received.SaidBye)
        {
            throw new MailException(MailFault.Protocol, "The server said BYE.");
        }
        finally
        {
            WhenAsked(null);
            others?.WhenRung(null);
            lease.Session.Received.WhenBye(null);
            changes.WhenNoted(null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Watcher of account {Account} lost its link: {Fault}. Next try after {Backoff}")]
        public static partial void LinkLost(ILogger logger, AccountId account, MailFault fault, TimeSpan backoff);
    }
}
