using System.Collections.Concurrent;
using Gateway.Mail;
using Gateway.Mail.Imap;
using MailKit;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Features.Messages;

/// <summary>What messages are sorted by, where the server does not sort: it never changes for a UID, so it is fetched once.</summary>
internal sealed class SortValues : IDisposable
{
    /// <summary>Values, over all accounts; one takes about 60 bytes.</summary>
    private const int MaxValues = 500_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaxValues });

    /// <summary>The values of messages in the leased mailbox; those that are gone have none.</summary>
    public async Task<IReadOnlyDictionary<uint, SortValue>> ReadAsync(
        MailboxLease lease, AccountId account, MailboxId mailbox, MessageSort sort, IReadOnlyList<uint> uids)
    {
        var known = _known.Get<ConcurrentDictionary<uint, SortValue>>((account, mailbox, sort)) ?? [];
        var missing = uids.Where(uid => !known.ContainsKey(uid)).Select(uid => new UniqueId(uid)).ToList();
        if (missing.Count == 0) { return known; }

        var found = await lease.Folder.FetchAsync(missing, MessageSummaryItems.UniqueId | SortValue.Items(sort), lease.CommandToken);
        foreach (var message in found) { known[message.UniqueId.Id] = SortValue.Of(sort, message); }

        _known.Set((account, mailbox, sort), known, new MemoryCacheEntryOptions { Size = known.Count, SlidingExpiration = Remembered });
        return known;
    }

    public void Dispose() => _known.Dispose();
}
