using System.Collections.Concurrent;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Mailboxes;

/// <summary>Allots each mailbox its number, once per path and UIDVALIDITY, and tells which mailbox a number stands for.</summary>
/// <remarks>An account's numbers are read once and kept in memory: some hundred bytes a mailbox.</remarks>
internal sealed class MailboxNumbers(IDbContextFactory<GatewayDb> store, TimeProvider clock)
{
    private readonly ConcurrentDictionary<AccountId, Book> _books = new();

    /// <summary>Where a mailbox is, or null when this account never had one with this id.</summary>
    public async ValueTask<MailboxPlace?> FindAsync(AccountId account, MailboxId mailbox, CancellationToken ct)
    {
        var book = await OpenAsync(account, ct);
        return book.Places.TryGetValue(mailbox, out var place) ? place : null;
    }

    /// <summary>The number of a mailbox, allotted now if it is new.</summary>
    public async ValueTask<MailboxId> NumberAsync(AccountId account, string path, uint uidValidity, CancellationToken ct)
    {
        var book = await OpenAsync(account, ct);
        var place = new MailboxPlace(path, uidValidity);
        if (book.Numbers.TryGetValue(place, out var known)) { return known; }

        await book.Writing.WaitAsync(ct);
        try
        {
            if (book.Numbers.TryGetValue(place, out known)) { return known; }

            var next = new MailboxId(book.Places.IsEmpty ? 1 : book.Places.Keys.Max(m => m.Number) + 1);
            await using var db = await store.CreateDbContextAsync(ct);
            db.Mailboxes.Add(new() { Account = account, Number = next.Number, Path = path, UidValidity = uidValidity });
            await db.SaveChangesAsync(ct);
            book.Add(next, place);
            return next;
        }
        finally { book.Writing.Release(); }
    }

    /// <summary>The mailboxes known so far, and how many renames there have been.</summary>
    public async ValueTask<(IReadOnlyList<MailboxId> Mailboxes, int Renames)> KnownAsync(AccountId account, CancellationToken ct)
    {
        var book = await OpenAsync(account, ct);
        return ([.. book.Places.Keys], Volatile.Read(ref book.Renames));
    }

    /// <summary>Drops the aliases of messages whose mailbox is not there any more, or was made anew. The numbers stay: none is allotted twice.</summary>
    /// <param name="known">The mailboxes known before the listing began: one that was made since is not gone.</param>
    /// <param name="listed">UIDVALIDITY by path; 0 where the server did not tell.</param>
    public async Task DropGoneAsync(AccountId account, (IReadOnlyList<MailboxId> Mailboxes, int Renames) known, IReadOnlyDictionary<string, uint> listed, CancellationToken ct)
    {
        var book = await OpenAsync(account, ct);
        if (Volatile.Read(ref book.UnderWay) > 0 || Volatile.Read(ref book.Renames) != known.Renames) { return; } // the listing may be of before

        var gone = known.Mailboxes.Where(number => book.Places.TryGetValue(number, out var place) && IsGone(place)).ToHashSet();
        var before = Interlocked.Exchange(ref book.Gone, gone);
        var now = gone.Except(before).Select(number => (long)number.Number).ToList();
        if (now.Count == 0) { return; }

        await using var db = await store.CreateDbContextAsync(ct);
        await db.Aliases.Where(a => a.Account == account && now.Contains(a.Mailbox)).ExecuteDeleteAsync(ct);

        bool IsGone(MailboxPlace place) => !listed.TryGetValue(place.Path, out var validity) || (validity != 0 && validity != place.UidValidity);
    }

    /// <summary>Lets the numbers follow what another program has renamed: a mailbox keeps its UIDVALIDITY under its new name (RFC 9051 section 6.3.6).</summary>
    /// <param name="known">The mailboxes known before the listing began.</param>
    /// <param name="listed">UIDVALIDITY by path.</param>
    public async Task FollowRenamesAsync(AccountId account, (IReadOnlyList<MailboxId> Mailboxes, int Renames) known, IReadOnlyDictionary<string, uint> listed, CancellationToken ct)
    {
        var book = await OpenAsync(account, ct);
        var before = Interlocked.Exchange(ref book.ListedAt, clock.GetUtcNow().ToUnixTimeSeconds());
        if (Volatile.Read(ref book.UnderWay) > 0 || Volatile.Read(ref book.Renames) != known.Renames) { return; } // a rename of ours

        foreach (var (path, validity) in listed.Where(l => l.Value != 0 && l.Value + 1 < before && !book.Numbers.ContainsKey(new(l.Key, l.Value))).ToList())
        {
            // Where mailboxes share a UIDVALIDITY nobody can tell; nor where it is so young that one made since may have got it again.
            if (listed.Values.Count(other => other == validity) == 1 && book.Places.Values.Where(p => p.UidValidity == validity).ToList() is [var old] && !listed.ContainsKey(old.Path))
            {
                await RenameAsync(account, old.Path, path, _ => false, ct);
            }
        }
    }

    /// <summary>Announces a rename; dispose when the numbers have followed. Until then a listing takes no mailbox for gone.</summary>
    public async Task<IDisposable> BeginRenameAsync(AccountId account, CancellationToken ct) => new Rename(await OpenAsync(account, ct));

    /// <summary>A mailbox has another path: it and those below it keep their numbers, and so every message keeps its key.</summary>
    /// <param name="isBelow">Whether a path is below the old one.</param>
    public async Task RenameAsync(AccountId account, string from, string to, Func<string, bool> isBelow, CancellationToken ct)
    {
        var book = await OpenAsync(account, ct);
        await book.Writing.WaitAsync(ct);
        try
        {
            var moved = book.Places.Where(p => p.Value.Path == from || isBelow(p.Value.Path)).ToDictionary(p => p.Key, p => p.Value with { Path = to + p.Value.Path[from.Length..] });
            var taken = moved.Values.Where(book.Numbers.ContainsKey).Select(place => book.Numbers[place]).Except(moved.Keys).ToList(); // numbers of mailboxes that were there once
            var (old, numbers) = (taken.ConvertAll(m => (long)m.Number), moved.Keys.Select(m => (long)m.Number).ToList());
            await using var db = await store.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Aliases.Where(a => a.Account == account && old.Contains(a.Mailbox)).ExecuteDeleteAsync(ct);
            await db.WatchPositions.Where(p => p.Account == account && old.Contains(p.Mailbox)).ExecuteDeleteAsync(ct);
            await db.Mailboxes.Where(m => m.Account == account && old.Contains(m.Number)).ExecuteDeleteAsync(ct);
            foreach (var record in await db.Mailboxes.Where(m => m.Account == account && numbers.Contains(m.Number)).ToListAsync(ct))
            {
                record.Path = moved[new((uint)record.Number)].Path;
            }

            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            foreach (var number in taken) { book.Remove(number); }

            foreach (var number in moved.Keys) { book.Remove(number); }

            foreach (var (number, place) in moved) { book.Add(number, place); }
        }
        finally { book.Writing.Release(); }
    }

    public void Forget(AccountId account) => _books.TryRemove(account, out _);

    private async ValueTask<Book> OpenAsync(AccountId account, CancellationToken ct)
    {
        if (_books.TryGetValue(account, out var open)) { return open; }

        var book = new Book(clock.GetUtcNow().ToUnixTimeSeconds());
        await using var db = await store.CreateDbContextAsync(ct);
        await foreach (var row in db.Mailboxes.AsNoTracking().Where(m => m.Account == account).AsAsyncEnumerable().WithCancellation(ct))
        {
            book.Add(new((uint)row.Number), new(row.Path, (uint)row.UidValidity));
        }

        // Ids that are asked for and name no account are not remembered.
        return book.Places.IsEmpty && !await db.Accounts.AnyAsync(a => a.Id == account, ct) ? book : _books.GetOrAdd(account, book);
    }

    private sealed class Book(long startedAt)
    {
        /// <summary>Those whose aliases were dropped already.</summary>
        public HashSet<MailboxId> Gone = [];

        /// <summary>When the mailboxes were listed last, in seconds as a UIDVALIDITY often is: what is younger may have been there already. After a start it was some time ago.</summary>
        public long ListedAt = startedAt - 60;

        /// <summary>Renames so far, and those under way.</summary>
        public int Renames, UnderWay;

        public SemaphoreSlim Writing { get; } = new(1);
        public ConcurrentDictionary<MailboxId, MailboxPlace> Places { get; } = new();
        public ConcurrentDictionary<MailboxPlace, MailboxId> Numbers { get; } = new();

        public void Remove(MailboxId number)
        {
            if (Places.TryRemove(number, out var place)) { Numbers.TryRemove(new(place, number)); }
        }

        public void Add(MailboxId number, MailboxPlace place)
        {
            Places[number] = place;
            Numbers[place] = number;
        }
    }

    private sealed class Rename : IDisposable
    {
        private Book? _book;

        public Rename(Book book)
        {
            _book = book;
            Interlocked.Increment(ref book.UnderWay);
            Interlocked.Increment(ref book.Renames);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _book, null) is { } book) { Interlocked.Decrement(ref book.UnderWay); }
        }
    }
}
