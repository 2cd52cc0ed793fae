using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Features.Mailboxes;

/// <summary>Reads an account's mailboxes with their counts, and knows which one plays a role.</summary>
internal sealed class MailboxTree(ImapPool pool, MailboxNumbers numbers, ChosenRoles chosen, IMemoryCache cache)
{
    /// <summary>How long a role's mailbox is remembered, for operations that do not list.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    /// <summary>Every mailbox, roles first, then by path. One LIST with STATUS (RFC 5819) where the server has it.</summary>
    public async Task<IReadOnlyList<Mailbox>> ReadAsync(AccountId account, Lane lane, CancellationToken ct)
    {
        var known = await numbers.KnownAsync(account, ct);
        var folders = await MailboxListing.ReadAsync(pool, account, lane, ct);
        var listed = folders.DistinctBy(f => f.FullName).ToDictionary(f => f.FullName, f => f.UidValidity);
        await numbers.FollowRenamesAsync(account, known, listed, ct);
        var roles = MailboxRoles.Of(folders);
        var ids = new Dictionary<string, MailboxId>();
        foreach (var folder in folders)
        {
            ids[folder.FullName] = await numbers.NumberAsync(account, folder.FullName, folder.UidValidity, ct);
        }

        await numbers.DropGoneAsync(account, known, listed, ct);
        foreach (var (role, mailbox) in await chosen.OfAsync(account, ct))
        {
            if (folders.FirstOrDefault(f => ids[f.FullName] == mailbox) is not { } folder) { continue; }

            foreach (var other in roles.Where(r => r.Value == role).Select(r => r.Key).ToList()) { roles.Remove(other); }

            roles[folder.FullName] = role;
        }

        var tree = folders.Select(folder => From(folder, ids, roles))
            .OrderBy(m => m.Role ?? (MailboxRole)int.MaxValue).ThenBy(m => m.Path, StringComparer.OrdinalIgnoreCase).ToList();
        cache.Set(RolesKey(account), tree, Remembered);
        return tree;
    }

    /// <summary>What the account may do with a mailbox; null when the server does not tell (ACL, RFC 4314).</summary>
    public Task<IReadOnlyList<MailboxRight>?> RightsAsync(AccountId account, Mailbox mailbox, CancellationToken ct) =>
        pool.RunAsync(account, null, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            if (!lease.HasRights) { return null; }

            var folder = await lease.Store.GetFolderAsync(mailbox.Path, lease.CommandToken);
            return (IReadOnlyList<MailboxRight>?)MailboxRights.Of(await folder.GetMyAccessRightsAsync(lease.CommandToken));
        }, ct);

    /// <summary>The mailbox that plays the role, or null when the account has none.</summary>
    public async Task<Mailbox?> FindAsync(AccountId account, MailboxRole role, Lane lane, CancellationToken ct)
    {
        var tree = cache.Get<IReadOnlyList<Mailbox>>(RolesKey(account)) ?? await ReadAsync(account, lane, ct);
        return tree.FirstOrDefault(m => m.Role == role);
    }

    /// <summary>The mailbox that plays the role, made under the role's usual name when the account has none.</summary>
    public async Task<Mailbox> EnsureAsync(AccountId account, MailboxRole role, Lane lane, CancellationToken ct)
    {
        if (await FindAsync(account, role, lane, ct) is { } found) { return found; }

        // One of that name may be there and play another role, by its user's choice.
        var taken = (await ReadAsync(account, lane, ct)).Select(m => m.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var name = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? $"{role}" : $"{role} {n}").First(n => !taken.Contains(n));
        try { await CreateAsync(account, name, lane, ct); }
        catch (MailException refused) when (refused.Fault == MailFault.Rejected)
        {
            // Another request may have made it at the same moment.
            if ((await ReadAsync(account, lane, ct)).FirstOrDefault(m => m.Role == role) is { } there) { return there; }

            throw;
        }

        var tree = await ReadAsync(account, lane, ct);
        if (tree.FirstOrDefault(m => m.Role == role) is { } usual) { return usual; }

        var made = tree.FirstOrDefault(m => m.Name == name) ?? throw new MailException(MailFault.Rejected, $"The server does not show the {role} mailbox that was made.");
        await chosen.ChooseAsync(account, made.Id, role, ct);
        await ReadAsync(account, lane, ct);
        return made with { Role = role };
    }

    private Task<bool> CreateAsync(AccountId account, string name, Lane lane, CancellationToken ct) =>
        pool.RunOnceAsync(account, null, FolderAccess.ReadWrite, lane, async lease =>
        {
            var top = lease.Store.GetFolder(lease.Store.PersonalNamespaces[0])!;
            var made = await top.CreateAsync(name, isMessageFolder: true, lease.CommandToken);
            if (made is not null) { await made.SubscribeAsync(lease.CommandToken); } // null where the server does not list it at once

            return true;
        }, ct);

    private static Mailbox From(IMailFolder folder, Dictionary<string, MailboxId> ids, Dictionary<string, MailboxRole> roles)
    {
        var selectable = (folder.Attributes & (FolderAttributes.NoSelect | FolderAttributes.NonExistent)) == 0;
        var parent = folder.ParentFolder is { FullName.Length: > 0 } above && ids.TryGetValue(above.FullName, out var id) ? id : (MailboxId?)null;
        return new(
            ids[folder.FullName], folder.Name, folder.FullName, parent, roles.TryGetValue(folder.FullName, out var role) ? role : null,
            selectable ? folder.Count : 0, selectable ? folder.Unread : 0, folder.IsSubscribed, selectable);
    }

    private static (string Kind, AccountId Account) RolesKey(AccountId account) => ("mailbox roles", account);
}
