using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using MailKit;
using MailKit.Search;

namespace Gateway.Features.Changes;

/// <summary>Compares mailboxes with what they held: by what the server counts (CONDSTORE), else by every message's flags.</summary>
internal sealed class MailboxComparison(ImapPool pool, MailboxNumbers numbers, MessageLocator locator)
{
    /// <summary>What STATUS tells of a mailbox.</summary>
    public readonly record struct Status(MailboxPlace Place, uint UidNext, ulong ModSeq, int Count);

    /// <summary>Every mailbox that can be selected: one LIST with STATUS (RFC 5819) where the server has it.</summary>
    public async Task<IReadOnlyDictionary<MailboxId, Status>> ListAsync(AccountId account, CancellationToken ct)
    {
        var (folders, counts) = await pool.RunAsync(account, null, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            await lease.RefreshAsync(); // of a mailbox that this session has selected, STATUS would tell what the session knows
            var items = StatusItems.Count | StatusItems.UidNext | StatusItems.UidValidity | (lease.HasModSeq ? StatusItems.HighestModSeq : StatusItems.None);
            return (await lease.Store.GetFoldersAsync(lease.Store.PersonalNamespaces[0], items, subscribedOnly: false, lease.CommandToken), lease.HasModSeq);
        }, ct);
        var listed = new Dictionary<MailboxId, Status>();
        foreach (var folder in folders.Where(f => (f.Attributes & (FolderAttributes.NoSelect | FolderAttributes.NonExistent)) == 0))
        {
            var id = await numbers.NumberAsync(account, folder.FullName, folder.UidValidity, ct);
            listed[id] = new(new(folder.FullName, folder.UidValidity), folder.UidNext?.Id ?? 0, counts ? folder.HighestModSeq : 0, folder.Count);
        }

        return listed;
    }

    /// <summary>What the mailbox holds now, and how it differs from before; every message counts as created when there is no before.</summary>
    public async Task<(MailboxSnapshot Now, MailboxChanges Changes)> CompareAsync(
        AccountId account, MailboxId mailbox, Status status, MailboxSnapshot? before, CancellationToken ct)
    {
        var (now, touched) = await pool.RunAsync(account, status.Place.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            status.Place.ThrowIfMadeAnew(lease);
            return status.ModSeq > 0 ? await CountedAsync(lease, status, before) : await HashedAsync(lease, status, before);
        }, ct);
        var keys = await locator.KeysAsync(account, mailbox, ct);
        var (old, held) = (before?.Uids.ToHashSet() ?? [], now.Uids.ToHashSet());
        var (created, destroyed) = (now.Uids.Where(uid => !old.Contains(uid)).Select(keys).ToList(), old.Where(uid => !held.Contains(uid)).Order().Select(keys).ToList());
        // A draft that was saved again is another message to the server, and the same to everybody else.
        var replaced = created.Intersect(destroyed).ToHashSet();
        return (now, new(
            mailbox, [.. created.Where(key => !replaced.Contains(key))],
            [.. touched.Where(uid => old.Contains(uid) && held.Contains(uid)).Order().Select(keys).Concat(replaced).Distinct()],
            [.. destroyed.Where(key => !replaced.Contains(key))], Gone: false));
    }

    /// <summary>The counter is that of STATUS, from before the look: what changed between the two is told twice, and nothing is missed.</summary>
    private static async Task<(MailboxSnapshot, IReadOnlyList<uint>)> CountedAsync(MailboxLease lease, Status status, MailboxSnapshot? before)
    {
        var uids = await lease.Folder.SearchAsync(SearchQuery.All, lease.CommandToken);
        IList<IMessageSummary> touched = [];
        if (before is { ModSeq: > 0 } && lease.Folder.Count > 0 && before.ModSeq < status.ModSeq)
        {
            touched = await lease.Folder.FetchAsync(
                0, -1, new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Flags) { ChangedSince = before.ModSeq }, lease.CommandToken);
        }

        return (new(status.UidNext, status.ModSeq, status.Count, [.. uids.Select(u => u.Id).Order()], []), [.. touched.Select(m => m.UniqueId.Id)]);
    }

    private static async Task<(MailboxSnapshot, IReadOnlyList<uint>)> HashedAsync(MailboxLease lease, Status status, MailboxSnapshot? before)
    {
        var found = lease.Folder.Count == 0 ? [] : await lease.Folder.FetchAsync(0, -1, MessageRows.FlagItems, lease.CommandToken);
        var messages = found.Where(m => m.UniqueId.IsValid).OrderBy(m => m.UniqueId.Id).ToList();
        var now = new MailboxSnapshot(status.UidNext, 0, status.Count, messages.ConvertAll(m => m.UniqueId.Id), messages.ConvertAll(m => MessageState.Of(m).Mark));
        var old = before is { Flags.Count: > 0 } ? before.Uids.Zip(before.Flags).ToDictionary(m => m.First, m => m.Second) : [];
        return (now, [.. now.Uids.Zip(now.Flags).Where(m => old.TryGetValue(m.First, out var was) && was != m.Second).Select(m => m.First)]);
    }
}
