using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Features.Mailboxes;

/// <summary>Lists an account's mailboxes with their counts, on servers that make it hard as well.</summary>
internal static class MailboxListing
{
    private const StatusItems Counts = StatusItems.Count | StatusItems.Unread | StatusItems.UidValidity;

    /// <summary>How many levels are looked into one by one, where all at once cannot be read.</summary>
    private const int MaxLevels = 1000;

    public static async Task<IReadOnlyList<IMailFolder>> ReadAsync(ImapPool pool, AccountId account, Lane lane, CancellationToken ct)
    {
        try
        {
            return await pool.RunAsync(account, null, FolderAccess.ReadOnly, lane, async lease =>
            {
                await lease.RefreshAsync(); // of a mailbox that this session has selected, STATUS would tell what the session knows
                return await WithInboxAsync(lease, await lease.Store.GetFoldersAsync(lease.Store.PersonalNamespaces[0], Counts, subscribedOnly: false, lease.CommandToken));
            }, ct);
        }
        catch (MailException error) when (error.Fault == MailFault.Protocol) { return await ByLevelAsync(pool, account, lane, ct); }
    }

    /// <summary>A name that cannot be read (an endless one, say) hides its own level and no other.</summary>
    private static async Task<IReadOnlyList<IMailFolder>> ByLevelAsync(ImapPool pool, AccountId account, Lane lane, CancellationToken ct)
    {
        var all = new List<IMailFolder>();
        var open = new Queue<string?>([null]);
        for (var level = 0; level < MaxLevels && open.TryDequeue(out var path); level++)
        {
            try
            {
                var found = await pool.RunAsync(account, null, FolderAccess.ReadOnly, lane, async lease =>
                {
                    var parent = path is null ? lease.Store.GetFolder(lease.Store.PersonalNamespaces[0])! : await lease.Store.GetFolderAsync(path, lease.CommandToken);
                    var children = await parent.GetSubfoldersAsync(Counts, subscribedOnly: false, lease.CommandToken);
                    return path is null ? await WithInboxAsync(lease, children) : [.. children];
                }, ct);
                all.AddRange(found);
                foreach (var folder in found.Where(f => (f.Attributes & (FolderAttributes.HasNoChildren | FolderAttributes.NoInferiors)) == 0)) { open.Enqueue(folder.FullName); }
            }
            catch (MailException error) when (error.Fault == MailFault.Protocol && path is not null)
            {
                // What is in there stays hidden; what is beside it is shown.
            }
        }

        return all;
    }

    /// <summary>Some servers do not list the one mailbox that every account has (RFC 9051 section 5.1).</summary>
    private static async Task<IReadOnlyList<IMailFolder>> WithInboxAsync(MailboxLease lease, IList<IMailFolder> listed)
    {
        if (lease.Store.Inbox is not { } inbox || listed.Any(f => f.FullName.Equals("INBOX", StringComparison.OrdinalIgnoreCase))) { return [.. listed]; }

        await inbox.StatusAsync(Counts, lease.CommandToken);
        return [inbox, .. listed];
    }
}
