using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>Lists one mailbox newest first, as people look at it all day: from its view when there is one, else with one command for the page.</summary>
internal sealed class ArrivalListing(ImapPool pool, Watchers watchers, MessageRows rows)
{
    /// <param name="flagsOnly">Nothing else will be looked at: what the mailbox says about the messages is not fetched.</param>
    /// <exception cref="MailException">The mailbox was made anew, or what else went wrong.</exception>
    public async Task<Page<MessageRow>> ReadAsync(
        AccountId account, MailboxId mailbox, MailboxPlace at, MessageFilter filter, ListCursor? after, int offset, int limit, CancellationToken ct, bool flagsOnly = false)
    {
        var piece = filter.IsOfFlags && watchers.View(account, at.Path) is { } view && view.UidValidity == at.UidValidity
            ? MessageListing.Of(view, filter.With, filter.Without, after, offset, limit)
            : await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive, lease =>
            {
                at.ThrowIfMadeAnew(lease);
                return filter.IsEmpty
                    ? MessageListing.AllAsync(lease, after, offset, limit)
                    : MessageListing.MatchingAsync(lease, filter.Query(), after, offset, limit);
            }, ct);
        watchers.Touch(account, at.Path);
        var items = flagsOnly ? await rows.FlagsAsync(account, mailbox, piece.Messages, ct) : await rows.ReadAsync(account, mailbox, at, piece.Messages, ct);
        return new(items, piece.Next?.ToString(), piece.Total);
    }

    /// <summary>How many messages to skip for a page with this one in its middle.</summary>
    public async Task<int> OffsetAroundAsync(AccountId account, MailboxPlace at, uint uid, int limit, CancellationToken ct)
    {
        var (count, below) = watchers.View(account, at.Path) is { } view && view.UidValidity == at.UidValidity
            ? (view.Count, view.CountBelow(uid))
            : await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
            {
                at.ThrowIfMadeAnew(lease);
                return (lease.Folder.Count, await MessageListing.CountBelowAsync(lease, uid));
            }, ct);
        return Math.Max(0, count - 1 - below - (limit / 2));
    }
}
