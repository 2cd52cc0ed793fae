using Gateway.Mail;
using Gateway.Mail.Imap;
using MailKit;
using MailKit.Search;

namespace Gateway.Features.Messages;

/// <summary>The order of one mailbox's messages by any sort: the server's own (RFC 5256) where it means what ours does, else made here.</summary>
internal sealed class SortedUids(SortValues values)
{
    /// <summary>Messages whose values are asked for at once to find a place.</summary>
    private const int Probes = 100;

    /// <summary>The messages that match, smallest first; equal ones by UID.</summary>
    public async Task<IReadOnlyList<uint>> AscendingAsync(MailboxLease lease, AccountId account, MailboxId mailbox, MessageSort? sort, SearchQuery query)
    {
        // From is sorted by local part there, and texts as each server likes, which could not be merged with other mailboxes.
        var servers = sort switch { MessageSort.ReceivedAt => OrderBy.Arrival, MessageSort.Size => OrderBy.Size, _ => null };
        if (servers is not null && lease.Folder.Supports(FolderFeature.Sorting))
        {
            return [.. (await lease.Folder.SortAsync(query, [servers], lease.CommandToken)).Select(u => u.Id)];
        }

        var found = (await lease.Folder.SearchAsync(query, lease.CommandToken)).Select(u => u.Id).Order().ToList();
        if (sort is not { } by) { return found; }

        var known = await values.ReadAsync(lease, account, mailbox, by, found);
        return [.. found.Where(known.ContainsKey).OrderBy(uid => known[uid]).ThenBy(uid => uid)];
    }

    /// <summary>How many of the ordered messages stand before a place, which need not be taken.</summary>
    public async Task<int> CountBeforeAsync(
        MailboxLease lease, AccountId account, MailboxId mailbox, MessageSort? sort, IReadOnlyList<uint> ordered, SortedPlace place)
    {
        var (low, high) = (0, ordered.Count);
        while (low < high)
        {
            var step = Math.Max(1, (high - low) / Probes);
            var probes = Enumerable.Range(0, (high - low + step - 1) / step).Select(n => low + (n * step)).ToList();
            var known = sort is { } by ? await values.ReadAsync(lease, account, mailbox, by, probes.ConvertAll(index => ordered[index])) : null;
            var reached = probes.FindIndex(index => !IsBefore(ordered[index], known));
            (low, high) = reached < 0 ? (probes[^1] + 1, high) : reached == 0 ? (low, low) : (probes[reached - 1] + 1, probes[reached]);
        }

        return low;

        // One that was expunged meanwhile has no value: it is shown nowhere, so that either side will do.
        bool IsBefore(uint uid, IReadOnlyDictionary<uint, SortValue>? known)
        {
            var value = default(SortValue);
            return known is not null && !known.TryGetValue(uid, out value) || new SortedPlace(value with { Text = value.Text ?? "" }, mailbox.Number, uid).CompareTo(place) < 0;
        }
    }
}
