using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>A sorted list as a caller asks for it.</summary>
/// <param name="Sort">Null for the order of arrival in the mailbox.</param>
internal sealed record SortedQuery(MessageSort? Sort, bool Descending, MessageFilter Filter, SortedPlace? After, int Offset, int Limit);

/// <summary>What one mailbox adds to a sorted list.</summary>
/// <param name="Horizon">The last place looked at; absent when nothing follows it.</param>
/// <param name="Total">How many match, where that is known.</param>
internal sealed record SortedStretch(IReadOnlyList<(SortedPlace Place, MessageRow Row)> Rows, SortedPlace? Horizon, int? Total);

/// <summary>Reads the next rows of a sorted list from one mailbox.</summary>
internal sealed class SortedListing(ImapPool pool, SortedUids order, MessageRows rows)
{
    /// <summary>Messages looked into for attachments, which IMAP cannot search for, before an answer is given.</summary>
    private const int MaxLookedInto = 1000;

    private const int Piece = 100;

    /// <exception cref="MailException">The mailbox was made anew or is gone, or what else went wrong.</exception>
    public async Task<SortedStretch> ReadAsync(AccountId account, MailboxId mailbox, MailboxPlace at, SortedQuery query, CancellationToken ct)
    {
        var (rest, total) = await RestAsync(account, mailbox, at, query, ct);
        List<(SortedPlace Place, MessageRow Row)> found = [];
        SortedPlace? last = null;
        var lookedInto = 0;
        foreach (var piece in rest.Chunk(query.Filter.WantsAttachments is null ? query.Limit : Piece))
        {
            foreach (var (uid, row) in await rows.WithUidsAsync(account, mailbox, at, await StatesAsync(account, at, piece, ct), ct))
            {
                last = new(SortValue.Of(query.Sort, row), mailbox.Number, uid);
                if (query.Filter.WantsAttachments is not { } wanted || row.HasAttachments == wanted) { found.Add((last.Value, row)); }

                if (found.Count == query.Limit) { break; }
            }

            lookedInto += piece.Length;
            if (found.Count == query.Limit || lookedInto >= MaxLookedInto) { break; }
        }

        var more = last is { } place && rest.Count > 0 && rest[^1] != place.Uid;
        return new(found, more ? last : null, total);
    }

    /// <summary>What follows the cursor, in the order wanted, and how many match in all.</summary>
    private Task<(IReadOnlyList<uint> Following, int? Total)> RestAsync(AccountId account, MailboxId mailbox, MailboxPlace at, SortedQuery query, CancellationToken ct) =>
        pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            at.ThrowIfMadeAnew(lease);
            var all = await order.AscendingAsync(lease, account, mailbox, query.Sort, query.Filter.Query());
            IEnumerable<uint> rest = query.Descending ? all.Reverse() : all;
            if (query.After is { } after)
            {
                var before = await order.CountBeforeAsync(lease, account, mailbox, query.Sort, all, after);
                var itself = before < all.Count && mailbox.Number == after.Mailbox && all[before] == after.Uid ? 1 : 0;
                rest = query.Descending ? all.Take(before).Reverse() : all.Skip(before + itself);
            }

            int? total = query.Filter.WantsAttachments is null ? all.Count : null;
            return ((IReadOnlyList<uint>)[.. rest.Skip(query.Offset)], total);
        }, ct);

    private async Task<IReadOnlyList<Mail.Watching.MessageState>> StatesAsync(AccountId account, MailboxPlace at, uint[] uids, CancellationToken ct)
    {
        var found = await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive,
            lease => lease.Folder.FetchAsync([.. uids.Select(uid => new UniqueId(uid))], MessageRows.FlagItems, lease.CommandToken), ct, Freshness.AsLeft);
        var states = found.Select(Mail.Watching.MessageState.Of).ToDictionary(s => s.Uid);
        return [.. uids.Where(states.ContainsKey).Select(uid => states[uid])];
    }
}
