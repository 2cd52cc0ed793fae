using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;

namespace Gateway.Features.Mailboxes;

/// <summary>Changes an account's tree of mailboxes, so that everybody who knows a mailbox by its path learns the new one.</summary>
internal sealed class MailboxEditing(ImapPool pool, Watchers watchers, MailboxNumbers numbers, MailboxTree tree, TreeTelling telling)
{
    /// <summary>Creates and subscribes a mailbox. Returns what is wrong with its name on this server, or null.</summary>
    /// <param name="parent">Path of the mailbox above; null at the top.</param>
    public Task<string?> CreateAsync(AccountId account, string? parent, string name, CancellationToken ct) =>
        pool.RunOnceAsync(account, null, FolderAccess.ReadWrite, Lane.Interactive, async lease =>
        {
            var above = await AboveAsync(lease, parent);
            if (MailboxName.Fault(name, above.DirectorySeparator) is { } fault) { return fault; }

            var made = await above.CreateAsync(name, isMessageFolder: true, lease.CommandToken);
            if (made is not null) { await made.SubscribeAsync(lease.CommandToken); }

            return null;
        }, ct);

    /// <summary>Renames or moves a mailbox with everything below it. Returns what is wrong with its name on this server, or null.</summary>
    public async Task<string?> RenameAsync(AccountId account, string path, string? parent, string name, CancellationToken ct)
    {
        using var rename = await numbers.BeginRenameAsync(account, ct);
        var (fault, to, delimiter) = await pool.RunOnceAsync(account, null, FolderAccess.ReadWrite, Lane.Interactive, async lease =>
        {
            var folder = await lease.Store.GetFolderAsync(path, lease.CommandToken);
            var above = await AboveAsync(lease, parent);
            var separator = folder.DirectorySeparator;
            if (MailboxName.Fault(name, separator) is { } wrong) { return (wrong, path, separator); }

            await folder.RenameAsync(above, name, lease.CommandToken);
            await folder.SubscribeAsync(lease.CommandToken);
            return ((string?)null, folder.FullName, separator);
        }, ct);
        if (fault is not null) { return fault; }

        // It has happened: from here on a caller that goes away must not keep the ids from following.
        await numbers.RenameAsync(account, path, to, below => below.StartsWith(path + delimiter, StringComparison.Ordinal), CancellationToken.None);
        Leave(account, path, delimiter);
        return null;
    }

    public async Task DeleteAsync(AccountId account, string path, CancellationToken ct)
    {
        var delimiter = await pool.RunOnceAsync(account, null, FolderAccess.ReadWrite, Lane.Interactive, async lease =>
        {
            var folder = await lease.Store.GetFolderAsync(path, lease.CommandToken);
            if (folder.IsSubscribed) { await folder.UnsubscribeAsync(lease.CommandToken); }

            await folder.DeleteAsync(lease.CommandToken);
            return folder.DirectorySeparator;
        }, ct);
        Leave(account, path, delimiter);
    }

    public Task SubscribeAsync(AccountId account, string path, bool subscribed, CancellationToken ct) =>
        pool.RunAsync(account, null, FolderAccess.ReadWrite, Lane.Interactive, async lease =>
        {
            var folder = await lease.Store.GetFolderAsync(path, lease.CommandToken);
            await (subscribed ? folder.SubscribeAsync(lease.CommandToken) : folder.UnsubscribeAsync(lease.CommandToken));
            return true;
        }, ct);

    /// <summary>The mailbox as the server has it now, told in the event log.</summary>
    public async Task<Mailbox?> ToldAsync(AccountId account, string type, Func<Mailbox, bool> isIt, CancellationToken ct)
    {
        var mailboxes = await tree.ReadAsync(account, Lane.Interactive, ct);
        if (mailboxes.FirstOrDefault(isIt) is not { } mailbox) { return null; }

        List<MailboxId> below = [mailbox.Id];
        for (var i = 0; i < below.Count; i++) { below.AddRange(mailboxes.Where(m => m.ParentId == below[i]).Select(m => m.Id).Except(below)); }

        await telling.TellAsync(account, type, mailbox.Id, below, mailbox, ct);
        return mailbox;
    }

    private void Leave(AccountId account, string path, char delimiter)
    {
        watchers.Leave(account, watched => watched == path || watched.StartsWith(path + delimiter, StringComparison.Ordinal));
        pool.Renew(account);
    }

    private static async Task<IMailFolder> AboveAsync(MailboxLease lease, string? parent) =>
        parent is null ? lease.Store.GetFolder(lease.Store.PersonalNamespaces[0])! : await lease.Store.GetFolderAsync(parent, lease.CommandToken);
}
