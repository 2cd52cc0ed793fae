using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Features.Threads;

/// <summary>Which conversations are on a page of a mailbox.</summary>
internal sealed class ThreadListing(ThreadIndex index, ImapPool pool)
{
    /// <param name="Threads">Each with its newest message here that the filter lets through.</param>
    public sealed record Piece(ThreadGroups Groups, IReadOnlyList<(uint Uid, ThreadId Thread)> Threads, ListCursor? Next, int Total);

    public async Task<Piece> ReadAsync(AccountId account, MailboxId mailbox, MailboxPlace at, MessageFilter filter, ListCursor? after, int limit, CancellationToken ct)
    {
        var groups = await index.ReadAsync(account, ct);
        var uids = await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            at.ThrowIfMadeAnew(lease);
            return await lease.Folder.SearchAsync(filter.Query(), lease.CommandToken);
        }, ct);
        // A conversation stands where its newest match does, so that no page shows it again.
        var all = uids.Select(u => u.Id).OrderDescending().Select(uid => (Uid: uid, Thread: groups.ThreadOf(new(mailbox, uid))))
            .Where(m => m.Thread is not null).DistinctBy(m => m.Thread!.Value).Select(m => (m.Uid, Thread: new ThreadId(m.Thread!.Value))).ToList();
        var rest = after is { } last ? all.Where(m => m.Uid < last.Uid).ToList() : all;
        var page = rest.Take(limit).ToList();
        return new(groups, page, rest.Count > page.Count ? new ListCursor(page[^1].Uid, 0) : null, all.Count);
    }
}
