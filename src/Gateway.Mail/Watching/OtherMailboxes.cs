using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.Logging;

namespace Gateway.Mail.Watching;

/// <summary>Hears of changes in the mailboxes of an account that no watcher of their own has selected, on the session of the inbox's watcher.</summary>
/// <remarks>
/// NOTIFY (RFC 5465) is a bell and no more: what has changed is asked of LIST and STATUS, whether it rang or, where the server has no NOTIFY,
/// some time has passed. Each mailbox whose status differs is then compared with what was told of it, on a session of its own.
/// </remarks>
internal sealed partial class OtherMailboxes(
    AccountId account, MailboxComparing comparing, Func<string, bool> isWatched, bool isFollowed, IMailboxEventSink sink, WatchOptions options, TimeProvider clock, ILogger logger)
{
    private const int MostFailures = 2;
    private static readonly ImapEvent[] Events = [new ImapEvent.MessageNew(), ImapEvent.MessageExpunge, ImapEvent.FlagChange];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, MailboxStatus> _known = [];
    private readonly Dictionary<string, MailboxStatus> _waiting = [];
    private Task _comparing = Task.CompletedTask;
    private bool _isComparing;
    private Action? _wake;
    private bool _isNew;
    private bool _hasLooked;
    private bool _notifies;
    private int _failures;
    private bool _overflowed;
    private volatile bool _followed = isFollowed;
    private volatile bool _rung;
    private volatile bool _changed;
    private long _lookedAt;
    private TimeSpan _every = options.PollFastest;
    private TimeSpan _quiet = options.PollFastest;

    /// <summary>It is time to look.</summary>
    public bool IsDue => DueIn == TimeSpan.Zero;

    /// <summary>How long until it is time to look, if nothing rings before.</summary>
    public TimeSpan DueIn
    {
        get
        {
            if (!_followed) { return Timeout.InfiniteTimeSpan; }

            if (_rung && _failures < MostFailures) { return TimeSpan.Zero; }

            var left = _every - clock.GetElapsedTime(_lookedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Somebody cares for the account: until then nothing is looked at.</summary>
    public void Follow()
    {
        if (_followed) { return; }

        _followed = true;
        Ring();
    }

    /// <summary>Something has happened in another mailbox: the server told so, or we did it ourselves.</summary>
    public void Ring()
    {
        _rung = true;
        lock (_lock) { _wake?.Invoke(); }
    }

    public void WhenRung(Action? act)
    {
        lock (_lock) { _wake = act; }
    }

    /// <summary>The watcher has a new session: the first look on it comes at once.</summary>
    public void Attach() => (_isNew, _notifies, _rung) = (true, false, true);

    /// <summary>Looks at every mailbox's status, and has those compared that differ from what is known.</summary>
    public async Task LookAsync(MailboxLease lease, CancellationToken ct)
    {
        _lookedAt = clock.GetTimestamp();
        _every = options.PollSlowest;
        _failures++; // a list that cannot be read costs the link: the inbox comes first, and is not to lose it again and again
        if (_overflowed && _notifies)
        {
            // NOTIFY is off, that of the selected mailbox included (RFC 5465 section 5.8): the next session does without.
            lease.Session.Distrust();
            throw new MailException(MailFault.Protocol, "The server has more to tell than it can (NOTIFICATIONOVERFLOW).");
        }

        if (_isNew) { await ListenAsync(lease); }

        await lease.RefreshAsync(); // so that what STATUS tells of the selected mailbox is no news
        var folders = await ListAsync(lease);
        _rung = false; // what rang until now is in the answer
        await TellListedAsync(folders, ct);
        var changed = Note(folders.Where(f => IsOther(f) && f.UidValidity != 0).DistinctBy(f => f.FullName).ToDictionary(f => f.FullName, f => new MailboxStatus(
            f.UidValidity, f.UidNext?.Id ?? 0, lease.HasModSeq ? f.HighestModSeq : 0, f.Count, f.Unread)), ct);
        (_failures, _every) = (0, Next(changed));
    }

    private async Task TellListedAsync(IList<IMailFolder> folders, CancellationToken ct)
    {
        if (folders.Count == 0) { return; }

        try { await sink.ListedAsync(account, folders.DistinctBy(f => f.FullName).ToDictionary(f => f.FullName, f => f.UidValidity), ct); }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            _changed = true; // the next look comes soon, and finds it again
            Log.CompareFailed(logger, account, MailFaults.From(error).Fault);
        }
    }

    /// <summary>Completes when nothing is being compared any more.</summary>
    public Task EndAsync()
    {
        lock (_lock) { return _comparing; }
    }

    /// <summary>A session of the watcher is new: asks the server to ring, where it can.</summary>
    private async Task ListenAsync(MailboxLease lease)
    {
        var client = lease.Session.Client;
        _isNew = false;
        if (_overflowed || !client.Capabilities.HasFlag(ImapCapabilities.Notify)) { return; }

        lease.Session.Received.WhenElsewhere(Ring, Overflow);
        try
        {
            await client.NotifyAsync(
                status: false, [new(ImapMailboxFilter.SelectedDelayed, Events), new(ImapMailboxFilter.Personal, [.. Events, ImapEvent.MailboxName])], lease.CommandToken);
            _notifies = true;
        }
        catch (ImapCommandException refused) { Log.NotifyRefused(logger, account, refused.Response); }
    }

    private void Overflow()
    {
        _overflowed = true;
        Ring();
    }

    /// <summary>Quicker after something has happened, slower and slower while nothing does.</summary>
    private TimeSpan Next(bool changed)
    {
        _quiet = changed || _changed ? options.PollFastest : _quiet * 2 < options.PollSlowest ? _quiet * 2 : options.PollSlowest;
        var soon = changed || _changed || !_notifies;
        _changed = false;
        return soon ? _quiet : options.PollSlowest;
    }

    private static async Task<IList<IMailFolder>> ListAsync(MailboxLease lease)
    {
        if (lease.Store.PersonalNamespaces.Count == 0) { return []; }

        var items = StatusItems.Count | StatusItems.Unread | StatusItems.UidNext | StatusItems.UidValidity | (lease.HasModSeq ? StatusItems.HighestModSeq : StatusItems.None);
        var isOne = lease.Session.Client.Capabilities.HasFlag(ImapCapabilities.ListStatus);
        var folders = await lease.Store.GetFoldersAsync(lease.Store.PersonalNamespaces[0], isOne ? items : StatusItems.None, subscribedOnly: false, lease.CommandToken);
        foreach (var folder in folders.Where(f => !isOne && IsOther(f)))
        {
            try { await folder.StatusAsync(items, lease.CommandToken); }
            catch (Exception refused) when (refused is ImapCommandException or FolderNotFoundException)
            {
                // Deleted since, or nobody's business.
            }
        }

        return folders;
    }

    private static bool IsOther(IMailFolder folder) =>
        (folder.Attributes & (FolderAttributes.NoSelect | FolderAttributes.NonExistent | FolderAttributes.Inbox)) == 0
        && !folder.FullName.Equals("INBOX", StringComparison.OrdinalIgnoreCase);

    /// <summary>Has those compared that differ from what is known; answers whether there are any.</summary>
    private bool Note(Dictionary<string, MailboxStatus> listed, CancellationToken ct)
    {
        var selected = listed.Keys.Where(isWatched).ToHashSet();
        lock (_lock)
        {
            foreach (var gone in _known.Keys.Where(path => !listed.ContainsKey(path)).ToList()) { _known.Remove(gone); }

            var differ = listed.Where(l => !selected.Contains(l.Key) && !(_known.TryGetValue(l.Key, out var known) && known == l.Value)).ToList();
            foreach (var (path, status) in differ)
            {
                var isKnown = _known.TryGetValue(path, out var before);
                _waiting[path] = status with { IsNew = _hasLooked && !isKnown, IsAnew = isKnown && before.UidValidity != status.UidValidity };
            }

            _hasLooked = true;
            if (_waiting.Count > 0 && !_isComparing)
            {
                _isComparing = true;
                _comparing = Task.Run(() => CompareAsync(ct), CancellationToken.None);
            }

            return differ.Count > 0;
        }
    }

    private async Task CompareAsync(CancellationToken ct)
    {
        while (Take(ct) is var (path, status))
        {
            try
            {
                await comparing.CompareAsync(path, status, ct);
                lock (_lock) { _known[path] = status with { IsNew = false, IsAnew = false }; }
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                _changed = true; // the next look comes soon, and finds it again
                Log.CompareFailed(logger, account, MailFaults.From(error).Fault);
            }
            catch (OperationCanceledException)
            {
                // Nobody follows any more.
            }
        }
    }

    private (string Path, MailboxStatus Status)? Take(CancellationToken ct)
    {
        lock (_lock)
        {
            _isComparing = _waiting.Count > 0 && !ct.IsCancellationRequested;
            if (!_isComparing) { return null; }

            var (path, status) = _waiting.First();
            _waiting.Remove(path);
            return (path, status);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The server refuses NOTIFY for account {Account}: {Response}. Its mailboxes are polled")]
        public static partial void NotifyRefused(ILogger logger, AccountId account, ImapCommandResponse response);

        [LoggerMessage(LogLevel.Information, "A mailbox of account {Account} could not be compared: {Fault}. It is tried again")]
        public static partial void CompareFailed(ILogger logger, AccountId account, MailFault fault);
    }
}
