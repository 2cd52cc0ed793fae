using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.Logging;

namespace Gateway.Mail.Watching;

/// <summary>Watches one mailbox: IDLE (RFC 2177) where the server has it, NOOP where not; what was missed while the link was down is told after it is back.</summary>
internal sealed partial class MailboxWatcher(
    AccountId account, string path, bool holdsSession, ImapPool pool, IMailboxEventSink sink, WatchOptions options, TimeProvider clock, ILogger logger)
{
    private MailboxPicture? _picture;
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _live;

    /// <summary>The picture of the mailbox is kept true at this moment: every change becomes an event.</summary>
    public bool IsLive => _live;

    /// <summary>Completes once the mailbox is watched for the first time, or could not be: what arrives from then on is told, now or after the next try.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var backoff = options.MinBackoff;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(ct);
                backoff = options.MinBackoff;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { return; }
            catch (Exception error) // a watcher never ends because a server misbehaves
            {
                Log.LinkLost(logger, account, MailFaults.From(error).Fault, backoff);
                // Full jitter, so that a thousand watchers do not come back in step.
                await Task.Delay(backoff * (0.5 + Random.Shared.NextDouble() / 2), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                backoff = backoff * 2 < options.MaxBackoff ? backoff * 2 : options.MaxBackoff;
            }
            finally
            {
                _live = false;
                _settled.TrySetResult();
            }
        }
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        await using (var lease = await pool.LeaseAsync(account, path, FolderAccess.ReadOnly, Lane.Background, ct))
        {
            using var given = CancellationTokenSource.CreateLinkedTokenSource(ct, lease.Forgotten);
            await ResyncAsync(lease, ct);
            if (holdsSession)
            {
                using var changes = new FolderChanges(lease.Folder, _picture!, clock);
                _live = true;
                _settled.TrySetResult();
                await FollowAsync(lease, changes, given.Token);
            }
        }

        if (!holdsSession) { await Task.Delay(options.PollEvery, clock, ct); }
    }

    private async Task FollowAsync(MailboxLease lease, FolderChanges changes, CancellationToken ct)
    {
        var client = lease.Session.Client;
        while (!ct.IsCancellationRequested)
        {
            if (changes.HasArrivals) { await PublishArrivalsAsync(lease, changes, ct); }

            await PublishAsync(changes.TakeVanished(), changes.TakeChanged(), changes.DetectedAt, ct);
            if (_picture!.Count != lease.Folder.Count && !changes.HasArrivals)
            {
                throw new MailException(MailFault.Protocol, "The picture of the mailbox went out of step.");
            }

            if (!client.Capabilities.HasFlag(ImapCapabilities.Idle))
            {
                await Task.Delay(options.PollEvery, clock, ct);
                await client.NoOpAsync(ct);
                continue;
            }

            using var done = new CancellationTokenSource(options.RenewAfter, clock);
            using var hard = new CancellationTokenSource(options.RenewAfter + options.EndDeadline, clock);
            // A half-open link has no read time-out during IDLE: what ends it is done, and hard when that goes unanswered.
            using var ended = done.Token.Register(() => hard.CancelAfter(options.EndDeadline));
            using var stopped = ct.Register(done.Cancel);
            changes.WhenNoted(done.Cancel);
            if (!changes.Any) { await client.IdleAsync(done.Token, hard.Token); }

            changes.WhenNoted(null);
        }
    }

    /// <summary>Compares the mailbox with what was known and tells the differences, each once.</summary>
    private async Task ResyncAsync(MailboxLease lease, CancellationToken ct)
    {
        var now = new MailboxPicture(lease.UidValidity);
        if (lease.Folder.Count > 0)
        {
            foreach (var message in await lease.Folder.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags, lease.CommandToken))
            {
                now.Add(message);
            }
        }

        var before = _picture;
        if (before is not null && before.UidValidity != now.UidValidity)
        {
            await sink.PublishAsync(new MailboxReset(account, path, now.UidValidity, clock.GetUtcNow()), ct);
            before = null;
        }

        if (before is not null)
        {
            var (vanished, changed) = before.Differences(now);
            await PublishAsync(vanished, changed, clock.GetUtcNow(), ct);
            await PublishCreatedAsync(lease, before.LastUid, clock.GetUtcNow(), picture: null, ct);
        }

        _picture = now;
    }

    private async Task PublishArrivalsAsync(MailboxLease lease, FolderChanges changes, CancellationToken ct)
    {
        changes.ArrivalsSeen();
        await PublishCreatedAsync(lease, _picture!.LastUid, changes.DetectedAt, _picture, ct);
    }

    private async Task PublishCreatedAsync(MailboxLease lease, uint after, DateTimeOffset detectedAt, MailboxPicture? picture, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1), clock);
        var beyond = new UniqueIdRange(new UniqueId(after + 1), UniqueId.MaxValue);
        // "n:*" always names the last message, even one that is not beyond (RFC 9051 section 6.4.9).
        var found = (await lease.Folder.FetchAsync(beyond, ListItems.Summary, deadline.Token)).Where(m => m.UniqueId.Id > after).OrderBy(m => m.UniqueId.Id).ToList();
        if (found.Count == 0) { return; }

        foreach (var message in found) { picture?.Add(message); }

        await sink.PublishAsync(new MessagesCreated(account, path, lease.UidValidity, detectedAt, found), ct);
    }

    private async Task PublishAsync(
        IReadOnlyList<uint> vanished, IReadOnlyList<MessageFlagsChange> changed, DateTimeOffset detectedAt, CancellationToken ct)
    {
        var validity = _picture!.UidValidity;
        if (vanished.Count > 0) { await sink.PublishAsync(new MessagesVanished(account, path, validity, detectedAt, vanished), ct); }

        if (changed.Count > 0) { await sink.PublishAsync(new FlagsChanged(account, path, validity, detectedAt, changed), ct); }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Watcher of account {Account} lost its link: {Fault}. Next try after {Backoff}")]
        public static partial void LinkLost(ILogger logger, AccountId account, MailFault fault, TimeSpan backoff);
    }
}
