using System.Collections.Concurrent;
using Gateway.Features.Mailboxes;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Messages;

/// <summary>Finds where a message is by its key, and its key by where it is.</summary>
/// <remarks>Most messages never move, so that the key itself says where they are; only those that did have an alias.</remarks>
internal sealed class MessageLocator(IDbContextFactory<GatewayDb> store, MailboxNumbers numbers)
{
    private readonly ConcurrentDictionary<AccountId, Aliases> _aliases = new();
    private readonly ConcurrentDictionary<AccountId, MovesUnderWay> _moves = new();

    /// <summary>Where the message is now, or null when the account never had its mailbox.</summary>
    public async ValueTask<MessageLocation?> FindAsync(AccountId account, MessageKey message, CancellationToken ct)
    {
        var aliases = await OpenAsync(account, ct);
        var at = aliases.Moved.TryGetValue(message, out var moved) ? moved : message;
        return await numbers.FindAsync(account, at.Mailbox, ct) is { } place ? new(place.Path, place.UidValidity, at.Uid) : null;
    }

    /// <summary>The public id of the mailbox a message is in.</summary>
    public ValueTask<MailboxId> MailboxAsync(AccountId account, MessageLocation at, CancellationToken ct) =>
        numbers.NumberAsync(account, at.Path, at.UidValidity, ct);

    /// <summary>Key by UID for messages of one mailbox. Waits for moves under way: until an alias is written, a key would be a wrong one.</summary>
    public async ValueTask<Func<uint, MessageKey>> KeysAsync(AccountId account, MailboxId mailbox, CancellationToken ct)
    {
        await SettledAsync(account, ct);
        var aliases = await OpenAsync(account, ct);
        return uid => aliases.Keys.TryGetValue(new(mailbox, uid), out var key) ? key : new(mailbox, uid);
    }

    /// <summary>Announces a move; dispose when its alias is written.</summary>
    public IDisposable BeginMove(AccountId account) => _moves.GetOrAdd(account, _ => new()).Begin();

    /// <summary>Remembers where messages have moved to, so that their keys go on working.</summary>
    /// <remarks>A place has one key: a server that tells the same place of two messages cannot be right about the first.</remarks>
    public Task MoveAsync(AccountId account, IReadOnlyDictionary<MessageKey, uint> uids, MailboxId mailbox, CancellationToken ct) =>
        MoveAsync(account, uids, mailbox, async change =>
        {
            await using var db = await store.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await change(db, ct);
            await transaction.CommitAsync(ct);
        }, ct);

    /// <summary>The same in a transaction of the caller's.</summary>
    /// <param name="write">Runs the change in its transaction, and returns once that is committed.</param>
    public async Task MoveAsync(
        AccountId account, IReadOnlyDictionary<MessageKey, uint> uids, MailboxId mailbox, Func<Func<GatewayDb, CancellationToken, Task>, Task> write, CancellationToken ct)
    {
        var moved = uids.GroupBy(u => u.Value).ToDictionary(one => one.Last().Key, one => one.Key);
        var (number, keyUids, places) = ((long)mailbox.Number, moved.Keys.Select(key => (long)key.Uid).ToList(), moved.Values.Select(uid => (long)uid).ToList());
        var aliases = await OpenAsync(account, ct);
        await write(async (db, saving) =>
        {
            var near = await db.Aliases.Where(a => a.Account == account && (keyUids.Contains(a.KeyUid) || (a.Mailbox == number && places.Contains(a.Uid)))).ToListAsync(saving);
            db.Aliases.RemoveRange(near.Where(a => (a.Mailbox == number && places.Contains(a.Uid)) || moved.ContainsKey(new(new((uint)a.KeyMailbox), (uint)a.KeyUid))));
            await db.SaveChangesAsync(saving);
            db.Aliases.AddRange(moved.Select(m => new AliasRecord { Account = account, KeyMailbox = m.Key.Mailbox.Number, KeyUid = m.Key.Uid, Mailbox = number, Uid = m.Value }));
            await db.SaveChangesAsync(saving);
        });
        foreach (var (key, uid) in moved)
        {
            aliases.Drop(new(mailbox, uid));
            aliases.Add(key, new(mailbox, uid));
        }
    }

    /// <summary>Drops the aliases of messages that are gone from a mailbox. Those that have moved on keep theirs: it names another place.</summary>
    public async Task DropAsync(AccountId account, MailboxId mailbox, IReadOnlyList<uint> uids, CancellationToken ct)
    {
        await SettledAsync(account, ct);
        var aliases = await OpenAsync(account, ct);
        var gone = uids.Where(uid => aliases.IsCurrent(new(mailbox, uid))).ToList();
        if (gone.Count == 0) { return; }

        await using var db = await store.CreateDbContextAsync(ct);
        var (number, stored) = ((long)mailbox.Number, gone.ConvertAll(uid => (long)uid));
        await db.Aliases.Where(a => a.Account == account && a.Mailbox == number && stored.Contains(a.Uid)).ExecuteDeleteAsync(ct);
        foreach (var uid in gone) { aliases.Drop(new(mailbox, uid)); }
    }

    /// <summary>Whether a message was there that is elsewhere now, under the same key: it was moved, or is a draft that was saved again. What is told of it is told of its new place.</summary>
    public async ValueTask<Func<uint, bool>> LeftAsync(AccountId account, MailboxId mailbox, CancellationToken ct)
    {
        var aliases = await OpenAsync(account, ct);
        return uid =>
        {
            var place = new MessageKey(mailbox, uid);
            var key = aliases.Keys.TryGetValue(place, out var known) ? known : place;
            return aliases.Moved.TryGetValue(key, out var now) && now != place;
        };
    }

    /// <summary>The UIDs of the messages that moves have brought into a mailbox from others.</summary>
    public async ValueTask<IReadOnlyList<uint>> BroughtAsync(AccountId account, MailboxId mailbox, CancellationToken ct)
    {
        await SettledAsync(account, ct);
        var aliases = await OpenAsync(account, ct);
        return [.. aliases.Moved.Where(m => m.Value.Mailbox == mailbox && m.Key.Mailbox != mailbox).Select(m => m.Value.Uid)];
    }

    public void Forget(AccountId account)
    {
        _aliases.TryRemove(account, out _);
        _moves.TryRemove(account, out _);
    }

    private Task SettledAsync(AccountId account, CancellationToken ct) =>
        _moves.TryGetValue(account, out var moves) ? moves.SettledAsync(ct) : Task.CompletedTask;

    private async ValueTask<Aliases> OpenAsync(AccountId account, CancellationToken ct)
    {
        if (_aliases.TryGetValue(account, out var open)) { return open; }

        var aliases = new Aliases();
        await using var db = await store.CreateDbContextAsync(ct);
        await foreach (var row in db.Aliases.AsNoTracking().Where(a => a.Account == account).AsAsyncEnumerable().WithCancellation(ct))
        {
            aliases.Add(new(new((uint)row.KeyMailbox), (uint)row.KeyUid), new(new((uint)row.Mailbox), (uint)row.Uid));
        }

        return _aliases.GetOrAdd(account, aliases);
    }

    /// <summary>Both directions; a place is written like a key, since it has the same two parts.</summary>
    private sealed class Aliases
    {
        public ConcurrentDictionary<MessageKey, MessageKey> Moved { get; } = new();
        public ConcurrentDictionary<MessageKey, MessageKey> Keys { get; } = new();

        public void Add(MessageKey key, MessageKey place)
        {
            // The place before keeps its key: a UID is never given again, and a watcher may tell late that it vanished.
            Moved[key] = place;
            Keys[place] = key;
        }

        /// <summary>Whether a message that has moved is there now, as far as we know.</summary>
        public bool IsCurrent(MessageKey place) => Keys.TryGetValue(place, out var key) && Moved.TryGetValue(key, out var now) && now == place;

        /// <summary>The way back stays, as it does after a move.</summary>
        public void Drop(MessageKey place)
        {
            if (Keys.TryGetValue(place, out var key)) { Moved.TryRemove(new(key, place)); }
        }
    }
}
