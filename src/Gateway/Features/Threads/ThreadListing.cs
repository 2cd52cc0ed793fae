using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Features.Threads;

/// <summary>Which conversations are on a page of a mailbox.</summary>
internal sealed class ThreadListing(ThreadIndex index, ImapPool pool)
{
    /// <param name="Threads">Each with its newest message here that the filter lets through; a message too old for the index has no thread and stands for itself.</param>
    public sealed record Piece(ThreadGroups Groups, IReadOnlyList<(uint Uid, ThreadId? Thread)> Threads, ListCursor? Next, int Total);

    /// <param name="known">Leave out what is too old to belong to a conversation.</param>
    public async Task<Piece> ReadAsync(
        AccountId account, MailboxId mailbox, MailboxPlace at, MessageFilter filter, ListCursor? after, int offset, int limit, bool known, CancellationToken ct)
    {
        var groups = await index.ReadAsync(account, ct);
        var uids = await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            at.ThrowIfMadeAnew(lease);
            return await lease.Folder.SearchAsync(filter.Query(), lease.CommandToken);
        }, ct);
        // A conversation stands where its newest match does, so that no page shows it again.
        var shown = new HashSet<ulong>();
        var all = uids.Select(u => u.Id).OrderDescending().Select(uid => (Uid: uid, Thread: groups.ThreadOf(new(mailbox, uid))))
            .Where(m => m.Thread is { } thread ? shown.Add(thread) : !known).Select(m => (m.Uid, m.Thread is { } number ? new ThreadId(number) : (ThreadId?)null)).ToList();
        var rest = after is { } last ? all.Where(m => m.Uid < last.Uid).ToList() : all[Math.Min(offset, all.Count)..];
        var page = rest.Take(limit).ToList();
        return new(groups, page, rest.Count > page.Count ? new ListCursor(page[^1].Uid, 0) : null, all.Count);
    }
}
