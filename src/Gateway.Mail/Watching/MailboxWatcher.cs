using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.Logging;

namespace Gateway.Mail.Watching;

/// <summary>Watches one mailbox: IDLE (RFC 2177) where the server has it, NOOP where not; what was missed while the link was down is told after it is back.</summary>
internal sealed partial class MailboxWatcher(
    AccountId account, string path, ImapPool pool, ConnectPace pace, IMailboxEventSink sink, WatchOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>Of what came while nobody watched, the newest so many are told: the others are found by whoever lists.</summary>
    private const int MostMissed = 1000;

    private readonly PatientSink _sink = new(sink, clock, logger);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MailboxView? _view;
    private bool _careful;
    private volatile IMailFolder? _live;
    private readonly Lock _waking = new();
    private Action? _wake;
    private int _asked;
    private volatile int _answered;

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
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { return; }
            catch (Exception error) // a watcher never ends because a server misbehaves
            {
                // A link that held for longer than the last wait was a good one: its loss is no reason for patience.
                if (clock.GetElapsedTime(began) > backoff) { backoff = options.MinBackoff; }

                Log.LinkLost(logger, account, MailFaults.From(error).Fault, backoff);
                await RestAsync(backoff, forgotten, ct);
                backoff = backoff * 2 < options.MaxBackoff ? backoff * 2 : options.MaxBackoff;
            }
        }
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
        await pace.TurnAsync(ct);
        await using (var lease = await pool.LeaseAsync(account, path, FolderAccess.ReadOnly, Lane.Background, ct))
        {
            using var changes = await ResyncAsync(lease, ct);
            try
            {
                if (lease.TryHold() is { } squeezed)
                {
                    using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, lease.Forgotten, squeezed);
                    _answered = asked;
                    _live = lease.Folder;
                    _settled.TrySetResult();
                    await FollowAsync(lease, changes, end.Token, ct);
                    return;
                }
            }
            finally { await TellNotedAsync(changes, ct); } // the view has it already, so that no resync would find it
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
            await TellDifferencesAsync(lease, _view, now, ct);
            _view = now;
            return changes;
        }
        catch
        {
            changes.Dispose();
            throw;
        }
    }

    private async Task TellDifferencesAsync(MailboxLease lease, MailboxView? before, MailboxView now, CancellationToken ct)
    {
        if (before is null)
        {
            await TellMissedAsync(lease, now, ct);
            return;
        }

        if (before.UidValidity != now.UidValidity)
        {
            await _sink.PublishAsync(new MailboxReset(account, path, now.UidValidity, clock.GetUtcNow()), ct);
            return;
        }

        // Before the fetch, since what the server tells during it is noted and told by itself; and published after it,
        // since a link that breaks there must leave nothing half told: the next resync tells it all again.
        var (vanished, changed) = before.Differences(now);
        var arrived = now.LastUid > before.LastUid ? await FetchAsync(lease, new(before.LastUid + 1), new(now.LastUid)) : [];
        await PublishAsync(vanished, changed, arrived, clock.GetUtcNow(), ct);
    }

    /// <summary>What came while nobody watched, or we were down. Of the inbox only: into other mailboxes mail comes by us, and is told when it does.</summary>
    private async Task TellMissedAsync(MailboxLease lease, MailboxView now, CancellationToken ct)
    {
        if (!path.Equals("INBOX", StringComparison.OrdinalIgnoreCase)) { return; }

        if (await sink.ToldUpToAsync(account, path, now.UidValidity, ct) is not { } told)
        {
            await sink.BeginAsync(account, path, now.UidValidity, now.LastUid, ct);
            return;
        }

        if (now.LastUid <= told) { return; }

        var missed = now.Newest(MessageFlags.None, MessageFlags.None, below: null, skip: 0, MostMissed).Messages.Where(m => m.Uid > told).ToList();
        var arrived = await FetchAsync(lease, new(missed[^1].Uid), new(now.LastUid));
        if (arrived.Count > 0) { await _sink.PublishAsync(new MessagesCreated(account, path, now.UidValidity, clock.GetUtcNow(), arrived), ct); }
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
            if (heard == Volatile.Read(ref _asked)) { await ListenAsync(lease, changes, end); }
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
        var arrived = await FetchAsync(lease, new(last + 1), UniqueId.MaxValue);
        foreach (var message in arrived) { _view.Add(message); }

        await PublishAsync([], [], arrived, detectedAt, ct);
    }

    private Task TellNotedAsync(FolderChanges changes, CancellationToken ct)
    {
        var detectedAt = changes.DetectedAt;
        return PublishAsync(changes.TakeVanished(), changes.TakeChanged(), [], detectedAt, ct);
    }

    /// <summary>Waits until the server tells of a change, or it is time to show that we are still there.</summary>
    private async Task ListenAsync(MailboxLease lease, FolderChanges changes, CancellationToken end)
    {
        var client = lease.Session.Client;
        if (!client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            using var woken = CancellationTokenSource.CreateLinkedTokenSource(end);
            WhenAsked(woken.Cancel);
            if (IsAnswered) { await Task.Delay(options.PollEvery, clock, woken.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }

            WhenAsked(null);
            await lease.RefreshAsync();
            return;
        }

        using var done = new CancellationTokenSource(options.RenewAfter, clock);
        using var hard = new CancellationTokenSource(options.RenewAfter + options.EndDeadline, clock);
        // A half-open link has no read time-out during IDLE: what ends it is done, and hard when that goes unanswered.
        using var ended = done.Token.Register(() => hard.CancelAfter(options.EndDeadline));
        using var stopped = end.Register(done.Cancel);
        changes.WhenNoted(done.Cancel);
        WhenAsked(done.Cancel);
        lease.Session.Received.WhenBye(hard.Cancel);
        try
        {
            if (!changes.Any && IsAnswered) { await client.IdleAsync(done.Token, hard.Token); }

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
            lease.Session.Received.WhenBye(null);
            changes.WhenNoted(null);
        }
    }

    /// <summary>One message whose description cannot be read costs the link: the next time is for what no message can spoil, so that it hides no other.</summary>
    private async Task<IReadOnlyList<IMessageSummary>> FetchAsync(MailboxLease lease, UniqueId first, UniqueId last)
    {
        var items = _careful ? ListItems.Harmless : ListItems.Summary;
        _careful = true;
        var found = await lease.Folder.FetchAsync(new UniqueIdRange(first, last), items, lease.CommandToken);
        _careful = false;
        // "n:*" always names the last message, even one that is not beyond (RFC 9051 section 6.4.9); and a server may tell of others meanwhile.
        return [.. found.Where(m => m.UniqueId.Id >= first.Id && m.UniqueId.Id <= last.Id).OrderBy(m => m.UniqueId.Id)];
    }

    private async Task PublishAsync(
        IReadOnlyList<uint> vanished, IReadOnlyList<MessageState> changed, IReadOnlyList<IMessageSummary> arrived, DateTimeOffset detectedAt, CancellationToken ct)
    {
        var validity = _view!.UidValidity;
        if (vanished.Count > 0) { await _sink.PublishAsync(new MessagesVanished(account, path, validity, detectedAt, vanished), ct); }

        if (changed.Count > 0) { await _sink.PublishAsync(new FlagsChanged(account, path, validity, detectedAt, changed), ct); }

        if (arrived.Count > 0) { await _sink.PublishAsync(new MessagesCreated(account, path, validity, detectedAt, arrived), ct); }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Watcher of account {Account} lost its link: {Fault}. Next try after {Backoff}")]
        public static partial void LinkLost(ILogger logger, AccountId account, MailFault fault, TimeSpan backoff);
    }
}
