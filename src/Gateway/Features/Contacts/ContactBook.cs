using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Mail.Imap;
using MailKit;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Features.Contacts;

/// <summary>The contacts of accounts, made of the newest mails in Sent and the inbox and kept for a while. Nothing of them is stored.</summary>
internal sealed class ContactBook(ImapPool pool, MailboxTree tree, TimeProvider clock) : IDisposable
{
    private const int Newest = 1000; // mails looked at, in each of the two
    private const int MaxContacts = 500_000; // over all accounts

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _books = new(new MemoryCacheOptions { SizeLimit = MaxContacts });

    public async Task<IReadOnlyList<Contact>> ReadAsync(AccountId account, string own, CancellationToken ct)
    {
        if (_books.TryGetValue(account, out IReadOnlyList<Contact>? known)) { return known!; }

        var ranking = new ContactRanking(own, clock.GetUtcNow());
        foreach (var (role, add) in new (MailboxRole, Action<IMessageSummary>)[] { (MailboxRole.Sent, ranking.AddSent), (MailboxRole.Inbox, ranking.AddReceived) })
        {
            if (await tree.FindAsync(account, role, Lane.Interactive, ct) is not { Selectable: true } mailbox) { continue; }

            foreach (var message in await NewestAsync(account, mailbox.Path, ct)) { add(message); }
        }

        var contacts = ranking.Ranked();
        _books.Set(account, contacts, new MemoryCacheEntryOptions { Size = contacts.Count + 1, AbsoluteExpirationRelativeToNow = Kept });
        return contacts;
    }

    public void Forget(AccountId account) => _books.Remove(account);

    public void Dispose() => _books.Dispose();

    private Task<IList<IMessageSummary>> NewestAsync(AccountId account, string path, CancellationToken ct) =>
        pool.RunAsync(account, path, FolderAccess.ReadOnly, Lane.Interactive, async lease => lease.Folder.Count == 0
            ? []
            : await lease.Folder.FetchAsync(
                Math.Max(0, lease.Folder.Count - Newest), -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Envelope | MessageSummaryItems.InternalDate, lease.CommandToken), ct);
}
