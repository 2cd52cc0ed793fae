using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using MailKit.Search;

namespace Gateway.Features.Messages;

/// <summary>Moves a message so that its key goes on working.</summary>
internal sealed class MessageMoves(ImapPool pool, MessageLocator locator, MailboxNumbers numbers, MessageRows rows, MessageChanges changes)
{
    /// <summary>Moves and returns the new place.</summary>
    /// <exception cref="MailException">The message or the target is not there, or the server refused.</exception>
    public async Task<MessageLocation> MoveAsync(AccountId account, MessageKey message, MessageLocation from, MailboxPlace target, CancellationToken ct)
    {
        var source = await locator.MailboxAsync(account, from, ct);
        MessageLocation to;
        using (locator.BeginMove(account))
        {
            var (uid, messageId) = await pool.RunOnceAsync(account, from.Path, FolderAccess.ReadWrite, Lane.Interactive,
                lease => MoveAsync(lease, lease.Uid(from), target.Path), ct);

            // The move has happened: from here on a caller that goes away must not keep the key from following.
            ct = CancellationToken.None;
            uid ??= await SearchAsync(account, target.Path, messageId);
            if (uid is not { } arrived) { throw new MailException(MailFault.MessageGone, "The message was moved, but the server does not tell where to."); }

            to = new(target.Path, arrived.Validity != 0 ? arrived.Validity : target.UidValidity, arrived.Id);
            var mailbox = await numbers.NumberAsync(account, to.Path, to.UidValidity, ct);
            await locator.MoveAsync(account, message, mailbox, to.Uid, ct);
            rows.Follow(account, source, from.Uid, mailbox, to.Uid);
        }

        await changes.DeletedAsync(account, from.Path, new(message, source), ct);
        if (changes.AreOurs(account, to.Path)) { await changes.CreatedAsync(account, to.Path, await rows.ReadAsync(account, to, ct), ct); }

        return to;
    }

    /// <summary>One MOVE (RFC 6851); COPYUID (RFC 4315) tells where it went. Without it the Message-ID must do.</summary>
    private static async Task<(UniqueId? Uid, string? MessageId)> MoveAsync(MailboxLease lease, UniqueId uid, string target)
    {
        var found = await lease.Folder.FetchAsync([uid], MessageSummaryItems.UniqueId | MessageSummaryItems.Envelope, lease.CommandToken);
        if (found is not [var summary]) { throw new MailException(MailFault.MessageGone, "The message was expunged."); }

        var folder = await lease.Store.GetFolderAsync(target, lease.CommandToken);
        lease.HasWritten(target);
        return (await lease.Folder.MoveToAsync(uid, folder, lease.CommandToken), summary.Envelope?.MessageId);
    }

    private Task<UniqueId?> SearchAsync(AccountId account, string path, string? messageId) =>
        messageId is null
            ? Task.FromResult<UniqueId?>(null)
            : pool.RunAsync(account, path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
            {
                var found = await lease.Folder.SearchAsync(SearchQuery.HeaderContains("Message-Id", messageId), lease.CommandToken);
                return found.Count == 0 ? (UniqueId?)null : new UniqueId(lease.UidValidity, found.Max(u => u.Id));
            }, CancellationToken.None);
}
