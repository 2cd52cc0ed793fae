using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;
using MailKit.Search;

namespace Gateway.Features.Messages;

/// <summary>Which messages are on a page, newest first, with their flags: one command where the server's order allows it.</summary>
internal static class MessageListing
{
    /// <summary>A page: its messages with their flags, newest first; whether more follow; how many there are in all.</summary>
    internal sealed record Piece(IReadOnlyList<MessageState> Messages, ListCursor? Next, int Total);

    /// <summary>A page from memory: no command at all.</summary>
    public static Piece Of(MailboxView view, MessageFlags with, MessageFlags without, ListCursor? after, int offset, int limit)
    {
        var (page, more, total) = view.Newest(with, without, after?.Uid, after is null ? offset : 0, limit);
        return new(page, more ? new(page[^1].Uid, view.CountBelow(page[^1].Uid)) : null, total);
    }

    /// <summary>A page of everything in the mailbox: by index, since indexes follow UIDs (RFC 9051 section 2.3.1.2).</summary>
    public static async Task<Piece> AllAsync(MailboxLease lease, ListCursor? after, int offset, int limit)
    {
        var folder = lease.Folder;
        var end = after is { } cursor ? await IndexOfAsync(lease, cursor) : folder.Count - offset;
        if (end <= 0) { return new([], null, folder.Count); }

        var start = Math.Max(0, end - limit);
        var found = await folder.FetchAsync(start, end - 1, MessageRows.FlagItems, lease.CommandToken);
        var page = StatesOf(found);
        return new(page, start > 0 && page.Count > 0 ? new(page[^1].Uid, start) : null, folder.Count);
    }

    /// <summary>A page of the messages that a search finds.</summary>
    public static async Task<Piece> MatchingAsync(MailboxLease lease, SearchQuery query, ListCursor? after, int offset, int limit)
    {
        var folder = lease.Folder;
        var all = (await folder.SearchAsync(query, lease.CommandToken)).OrderByDescending(u => u.Id).ToList();
        var rest = after is { } cursor ? all.Where(u => u.Id < cursor.Uid).ToList() : all.Skip(offset).ToList();
        var uids = rest.Take(limit).ToList();
        if (uids.Count == 0) { return new([], null, all.Count); }

        var found = await folder.FetchAsync(uids, MessageRows.FlagItems, lease.CommandToken);
        return new(StatesOf(found), rest.Count > limit ? new(uids[^1].Id, 0) : null, all.Count);
    }

    private static List<MessageState> StatesOf(IEnumerable<IMessageSummary> found) =>
        [.. found.Where(m => m.UniqueId.IsValid).Select(MessageState.Of).OrderByDescending(m => m.Uid)];

    /// <summary>How many messages stand below the cursor's UID.</summary>
    private static async Task<int> IndexOfAsync(MailboxLease lease, ListCursor cursor)
    {
        var folder = lease.Folder;
        if (cursor.Index < folder.Count)
        {
            var there = await folder.FetchAsync(cursor.Index, cursor.Index, MessageSummaryItems.UniqueId, lease.CommandToken);
            if (there is [var one] && one.UniqueId.Id == cursor.Uid) { return cursor.Index; }
        }

        return await CountBelowAsync(lease, cursor.Uid);
    }

    /// <summary>How many messages stand below this UID.</summary>
    public static async Task<int> CountBelowAsync(MailboxLease lease, uint uid) =>
        uid <= 1 ? 0 : (await lease.Folder.SearchAsync(SearchQuery.Uids(new UniqueIdRange(new UniqueId(1), new UniqueId(uid - 1))), lease.CommandToken)).Count;
}
