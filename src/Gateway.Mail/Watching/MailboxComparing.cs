using Gateway.Mail.Imap;
using MailKit;
using MailKit.Search;
using Microsoft.Extensions.Logging;

namespace Gateway.Mail.Watching;

/// <summary>Compares a mailbox that no watcher has selected with what was told of it, and tells the differences: by what the server counts (CONDSTORE), else by every message's flags.</summary>
internal sealed class MailboxComparing(
    AccountId account, ImapPool pool, Turns<WatchKey> turns, Func<string, bool> isWatched, IMailboxEventSink sink, TimeProvider clock, ILogger logger)
{
    private static readonly MailboxSnapshot None = new(0, 0, 0, [], []);
    private const MessageSummaryItems FlagItems = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags;

    public async Task CompareAsync(string path, MailboxStatus status, CancellationToken ct)
    {
        using var turn = await turns.EnterAsync(WatchKey.Of(account, path), ct);
        if (isWatched(path)) { return; } // its watcher tells all of it

        var telling = new MailboxTelling(account, path, sink, clock, logger);
        var told = await sink.ToldAsync(account, path, status.UidValidity, ct);
        if (told is null && (status.IsNew || status.Count == 0))
        {
            told = None;
            await telling.BeginAsync(status.UidValidity, told, status.IsAnew, ct);
        }

        if (told is not null && IsTold(told, status)) { return; }

        await using var lease = await pool.LeaseAsync(account, path, FolderAccess.ReadOnly, Lane.Background, ct);
        if (lease.UidValidity != status.UidValidity) { return; } // made anew since: the next look finds it

        var (uids, find) = await ReadAsync(lease, status, told);
        if (told is null)
        {
            // Never watched before: what was there at the look is not told, what has come since is.
            told = MailboxDifferences.Of(None, [.. uids.Where(uid => status.UidNext == 0 || uid < status.UidNext)], find).Now;
            await telling.BeginAsync(status.UidValidity, told, status.IsAnew, ct);
        }

        var (differences, now) = MailboxDifferences.Of(told, uids, find);
        now = now with { UidNext = status.UidNext, ModSeq = status.ModSeq, Count = status.Count };
        await telling.TellDifferencesAsync(lease, differences, now, counts: !differences.IsNone, ct);
    }

    /// <summary>Where the server does not count changes, its status says nothing of flags but how many messages are unseen.</summary>
    private static bool IsTold(MailboxSnapshot told, MailboxStatus status) =>
        (status.Count, told.Uids.Count) == (0, 0)
        || (told.IsUnchanged(status.UidNext, status.ModSeq, status.Count) && (told.Uids.Count, told.Unread) == (status.Count, status.Unread));

    /// <summary>The UIDs there are, and the flags of those that may have others than was told. The counter is that of STATUS, from before the look: what has changed between the two is found again, and is told by then.</summary>
    private static async Task<(IReadOnlyList<uint> Uids, Func<uint, MessageState?> Find)> ReadAsync(MailboxLease lease, MailboxStatus status, MailboxSnapshot? told)
    {
        if (lease.Folder.Count == 0) { return ([], _ => null); }

        var isCounted = told is { ModSeq: > 0 } && status.ModSeq > 0;
        var request = new FetchRequest(FlagItems) { ChangedSince = isCounted ? told!.ModSeq : null };
        var found = await lease.Folder.FetchAsync(0, -1, request, lease.CommandToken);
        var flags = found.Where(m => m.UniqueId.IsValid).Select(MessageState.Of).DistinctBy(m => m.Uid).ToDictionary(m => m.Uid);
        var uids = isCounted ? (await lease.Folder.SearchAsync(SearchQuery.All, lease.CommandToken)).Select(u => u.Id).Order() : flags.Keys.Order();
        return ([.. uids], uid => flags.TryGetValue(uid, out var state) ? state : null);
    }
}
