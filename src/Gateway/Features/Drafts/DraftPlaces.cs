using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using MimeKit;

namespace Gateway.Features.Drafts;

/// <summary>Keeps drafts in the account's Drafts mailbox. A message cannot be changed there: saving again puts a new one beside it, lets the key follow, and takes the old one away.</summary>
internal sealed class DraftPlaces(ImapPool pool, MailboxTree tree, MailboxNumbers numbers, MessageLocator locator)
{
    private const MessageFlags AsDraft = MessageFlags.Draft | MessageFlags.Seen;

    /// <exception cref="MailException">The server did not take it.</exception>
    public async Task<MessageKey> AddAsync(AccountId account, MimeMessage message, CancellationToken ct)
    {
        try { return await AddOnceAsync(account, message, ct); }
        catch (MailException gone) when (gone.Fault == MailFault.MailboxGone)
        {
            // Nothing was stored. It was made anew since it was listed, or listed while two sessions were making it.
            await tree.ReadAsync(account, Lane.Interactive, ct);
            return await AddOnceAsync(account, message, ct);
        }
    }

    /// <summary>Until the new one is safely there, the old one is; whoever asks by the key sees one or the other.</summary>
    /// <exception cref="MailException">The server did not take it, and the old one stands.</exception>
    public async Task ReplaceAsync(AccountId account, MessageKey draft, MessageLocation old, MimeMessage message, CancellationToken ct)
    {
        var place = new MailboxPlace(old.Path, old.UidValidity);
        uint uid;
        using (locator.BeginMove(account))
        {
            uid = await AppendAsync(account, place, message, ct);
            var mailbox = await numbers.NumberAsync(account, place.Path, place.UidValidity, CancellationToken.None);
            await locator.MoveAsync(account, new Dictionary<MessageKey, uint> { [draft] = uid }, mailbox, CancellationToken.None);
        }

        await ExpungeAsync(account, old, Lane.Interactive, CancellationToken.None);
    }

    /// <summary>Takes a draft away for good; one that is gone already is no fault.</summary>
    public async Task DiscardAsync(AccountId account, MessageKey draft, Lane lane, CancellationToken ct)
    {
        if (await locator.FindAsync(account, draft, ct) is not { } at) { return; }

        var mailbox = await locator.MailboxAsync(account, at, ct);
        try { await ExpungeAsync(account, at, lane, ct); }
        catch (MailException gone) when (gone.Fault is MailFault.MessageGone or MailFault.MailboxGone) { return; }

        await locator.DropAsync(account, mailbox, [at.Uid], ct);
    }

    private async Task<MessageKey> AddOnceAsync(AccountId account, MimeMessage message, CancellationToken ct)
    {
        var mailbox = await tree.EnsureAsync(account, MailboxRole.Drafts, Lane.Interactive, ct);
        var place = await numbers.FindAsync(account, mailbox.Id, ct) ?? throw new MailException(MailFault.MailboxGone, "The drafts mailbox is gone.");
        var uid = await AppendAsync(account, place, message, ct);
        return new(mailbox.Id, uid);
    }

    private Task<uint> AppendAsync(AccountId account, MailboxPlace place, MimeMessage message, CancellationToken ct) =>
        pool.RunOnceAsync(account, place.Path, FolderAccess.ReadWrite, Lane.Interactive, lease => MessageAppending.AppendAsync(lease, place, new AppendRequest(message, AsDraft)), ct);

    private Task<bool> ExpungeAsync(AccountId account, MessageLocation at, Lane lane, CancellationToken ct) => pool.RunAsync(account, at.Path, FolderAccess.ReadWrite, lane, async lease =>
    {
        await DeleteMessage.ExpungeAsync(lease, [lease.Uid(at)]);
        return true;
    }, ct);
}
