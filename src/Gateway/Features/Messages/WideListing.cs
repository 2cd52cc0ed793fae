using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Messages;

/// <summary>Merges what several mailboxes add to one sorted list. Where a message was last shown is all that a cursor holds.</summary>
internal sealed class WideListing(SortedListing listing, MailboxNumbers numbers, MailboxTree tree, IOptions<ImapPoolOptions> options)
{
    /// <summary>One mailbox, or all of them but those that only show others' messages once more.</summary>
    public async Task<IReadOnlyList<MailboxId>> EverywhereAsync(AccountId account, CancellationToken ct) =>
        [.. (await tree.ReadAsync(account, Lane.Interactive, ct))
            .Where(m => m is { Selectable: true, Total: > 0, Role: not (MailboxRole.All or MailboxRole.Flagged) }).Select(m => m.Id)];

    public async Task<Page<MessageRow>> ReadAsync(AccountId account, IReadOnlyList<MailboxId> mailboxes, SortedQuery query, CancellationToken ct)
    {
        var stretches = new SortedStretch[mailboxes.Count];
        var together = new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Math.Max(1, options.Value.MaxSessionsPerAccount - 1) };
        await Parallel.ForAsync(0, mailboxes.Count, together, async (n, stop) => stretches[n] = await ReadAsync(account, mailboxes[n], query, mailboxes.Count > 1, stop));

        var direction = query.Descending ? -1 : 1;
        var horizon = stretches.Where(s => s.Horizon is not null).Select(s => s.Horizon!.Value).Order(Comparer<SortedPlace>.Create(Compare)).Cast<SortedPlace?>().FirstOrDefault();
        // Beyond the nearest horizon a mailbox may have more that goes before what the others have.
        var merged = stretches.SelectMany(s => s.Rows).Where(r => horizon is not { } end || Compare(r.Place, end) <= 0).OrderBy(r => r.Place, Comparer<SortedPlace>.Create(Compare)).ToList();
        var page = merged.Take(query.Limit).ToList();
        var last = page.Count == query.Limit && (horizon is not null || stretches.Sum(s => s.Rows.Count) > page.Count) ? page[^1].Place : horizon;
        var total = stretches.All(s => s.Total is not null) ? stretches.Sum(s => s.Total) : null;
        return new([.. page.Select(r => r.Row)], last?.ToCursor(query.Sort), total);

        int Compare(SortedPlace left, SortedPlace right) => direction * left.CompareTo(right);
    }

    private async Task<SortedStretch> ReadAsync(AccountId account, MailboxId mailbox, SortedQuery query, bool amongOthers, CancellationToken ct)
    {
        if (await numbers.FindAsync(account, mailbox, ct) is not { } at) { return new([], null, 0); }

        try { return await listing.ReadAsync(account, mailbox, at, query, ct); }
        catch (MailException gone) when (gone.Fault == MailFault.MailboxGone && amongOthers) { return new([], null, 0); } // deleted since the tree was read
    }
}
