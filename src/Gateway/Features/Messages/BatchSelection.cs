using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>Finds the messages that a batch is for.</summary>
internal sealed class BatchSelection(ImapPool pool, MessageLocator locator, MailboxNumbers numbers)
{
    /// <summary>The messages by mailbox. A key that names none of the account's mailboxes is in none of them.</summary>
    public async Task<IReadOnlyList<(MailboxPlace Place, IReadOnlyList<PlacedMessage> Messages)>> OfAsync(AccountId account, IEnumerable<MessageKey> ids, CancellationToken ct)
    {
        var found = new Dictionary<MailboxPlace, List<PlacedMessage>>();
        foreach (var id in ids.Distinct())
        {
            if (await locator.FindAsync(account, id, ct) is not { } at) { continue; }

            var place = new MailboxPlace(at.Path, at.UidValidity);
            if (!found.TryGetValue(place, out var messages)) { found[place] = messages = []; }

            messages.Add(new(id, at.Uid));
        }

        return [.. found.Select(f => (f.Key, (IReadOnlyList<PlacedMessage>)f.Value))];
    }

    /// <summary>The messages of a mailbox that a filter lets through, newest first; null when the account has no such mailbox.</summary>
    public async Task<(MailboxPlace Place, IReadOnlyList<PlacedMessage> Messages)?> OfAsync(AccountId account, MailboxId mailbox, MessageFilter filter, CancellationToken ct)
    {
        if (await numbers.FindAsync(account, mailbox, ct) is not { } place) { return null; }

        var uids = await pool.RunAsync(account, place.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            place.ThrowIfMadeAnew(lease);
            return await lease.Folder.SearchAsync(filter.Query(), lease.CommandToken);
        }, ct);
        var keys = await locator.KeysAsync(account, mailbox, ct);
        return (place, [.. uids.Select(u => u.Id).OrderDescending().Select(uid => new PlacedMessage(keys(uid), uid)).DistinctBy(m => m.Key)]);
    }
}
