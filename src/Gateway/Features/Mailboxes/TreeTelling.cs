using System.Collections.Concurrent;
using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Mailboxes;

/// <summary>Tells of mailboxes that come, go or get another name, by us or by another program, each once: under which name each was told last is written with the event.</summary>
internal sealed class TreeTelling(IDbContextFactory<GatewayDb> store, MailboxTree tree, MailboxNumbers numbers, EventLog log, TimeProvider clock)
{
    private readonly Turns<AccountId> _turns = new();
    private readonly ConcurrentDictionary<AccountId, IReadOnlyDictionary<string, uint>> _listed = new();

    /// <summary>Whoever changes the tree holds its turn until it has told so: until then nobody takes the change for another program's.</summary>
    public Task<IDisposable> EnterAsync(AccountId account, CancellationToken ct) => _turns.EnterAsync(account, ct);

    /// <summary>Tells a change of ours, within its turn.</summary>
    /// <param name="mailbox">What it was about.</param>
    /// <param name="below">The mailboxes below it, which are under another path with it.</param>
    /// <param name="data">The data of the event.</param>
    public Task TellAsync(AccountId account, string type, MailboxId mailbox, IReadOnlyList<MailboxId> below, object data, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        List<long> moved = type == EventTypes.MailboxRenamed ? [mailbox.Number, .. below.Select(m => (long)m.Number)] : [];
        return log.AppendAsync(account, [new(type, data, now, now)], async (db, saving) =>
        {
            var own = db.Mailboxes.Where(m => m.Account == account && m.Number == mailbox.Number);
            if (type == EventTypes.MailboxCreated) { await own.ExecuteUpdateAsync(set => set.SetProperty(m => m.ToldAs, m => m.Path), saving); }

            if (type == EventTypes.MailboxDeleted) { await own.ExecuteUpdateAsync(set => set.SetProperty(m => m.ToldAs, (string?)null), saving); }

            // Those that nobody was told of stay so: until the account is followed for the first time there is nothing to compare with.
            var known = db.Mailboxes.Where(m => m.Account == account && m.ToldAs != null && moved.Contains(m.Number));
            await known.ExecuteUpdateAsync(set => set.SetProperty(m => m.ToldAs, m => m.Path), saving);
        }, ct);
    }

    /// <summary>Takes what a watcher lists, and tells what is not as it was told.</summary>
    /// <param name="listed">UIDVALIDITY by path; 0 where there is none.</param>
    public async ValueTask ListedAsync(AccountId account, IReadOnlyDictionary<string, uint> listed, CancellationToken ct)
    {
        if (_listed.TryGetValue(account, out var before) && IsSame(before, listed)) { return; }

        using var turn = await EnterAsync(account, ct);
        var told = await ToldAsync(account, ct);
        if (!IsTold(told.Values, listed)) { await CompareAsync(account, ct); }

        _listed[account] = listed;
    }

    public void Forget(AccountId account) => _listed.TryRemove(account, out _);

    /// <summary>Lists anew: what a watcher listed may be of before a change of ours.</summary>
    private async Task CompareAsync(AccountId account, CancellationToken ct)
    {
        var mailboxes = await tree.ReadAsync(account, Lane.Background, ct);
        var told = await ToldAsync(account, ct);
        var unclear = new HashSet<string>();
        foreach (var mailbox in mailboxes.Where(m => m.Selectable))
        {
            // The server did not tell its UIDVALIDITY this time: whether it is the one that was told is seen the next time.
            if (await numbers.FindAsync(account, mailbox.Id, ct) is { UidValidity: 0 }) { unclear.Add(mailbox.Path); }
        }

        var now = mailboxes.Where(m => !unclear.Contains(m.Path)).DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        var gone = told.Where(t => !now.ContainsKey(t.Key) && !unclear.Contains(t.Value.ToldAs!)).Select(t => t.Key).ToList();
        var events = told.Values.Any(t => IsInbox(t.ToldAs!)) ? Events(told, now, gone) : []; // for the first time: all of them were there before
        var (old, there) = (gone.ConvertAll(m => (long)m.Number), now.Keys.Select(m => (long)m.Number).ToList());
        await log.AppendAsync(account, events, async (db, saving) =>
        {
            await db.Mailboxes.Where(m => m.Account == account && old.Contains(m.Number)).ExecuteUpdateAsync(set => set.SetProperty(m => m.ToldAs, (string?)null), saving);
            await db.Mailboxes.Where(m => m.Account == account && there.Contains(m.Number)).ExecuteUpdateAsync(set => set.SetProperty(m => m.ToldAs, m => m.Path), saving);
        }, ct);
    }

    private List<NewEvent> Events(Dictionary<MailboxId, MailboxRecord> told, Dictionary<MailboxId, Mailbox> now, List<MailboxId> gone)
    {
        var at = clock.GetUtcNow();
        var renamed = now.Values.Where(m => told.TryGetValue(m.Id, out var before) && before.ToldAs != m.Path).Select(m => (Mailbox: m, From: told[m.Id].ToldAs!)).ToList();
        return
        [
            .. gone.Select(id => new NewEvent(EventTypes.MailboxDeleted, new MailboxRemoval(id), at, at)),
            .. renamed.Where(r => !WentAlong(r.From, r.Mailbox.Path)).Select(r => new NewEvent(EventTypes.MailboxRenamed, r.Mailbox, at, at)),
            .. now.Values.Where(m => !told.ContainsKey(m.Id)).Select(m => new NewEvent(EventTypes.MailboxCreated, m, at, at)),
        ];

        // One above it has another name: that is told of the one above.
        bool WentAlong(string from, string to) => renamed.Any(above =>
            above.From.Length < from.Length && from.StartsWith(above.From, StringComparison.Ordinal) && !char.IsLetterOrDigit(from[above.From.Length])
            && to == above.Mailbox.Path + from[above.From.Length..]);
    }

    private async Task<Dictionary<MailboxId, MailboxRecord>> ToldAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.Mailboxes.AsNoTracking().Where(m => m.Account == account && m.ToldAs != null).ToDictionaryAsync(m => new MailboxId((uint)m.Number), ct);
    }

    private static bool IsTold(Dictionary<MailboxId, MailboxRecord>.ValueCollection told, IReadOnlyDictionary<string, uint> listed)
    {
        var names = told.GroupBy(m => m.ToldAs!).ToDictionary(m => m.Key, m => (uint)m.Last().UidValidity);
        return names.Count == told.Count && IsSame(names, listed); // of two told under one name at least one is gone
    }

    /// <summary>Some servers do not list the inbox; it is always there.</summary>
    private static bool IsSame(IReadOnlyDictionary<string, uint> told, IReadOnlyDictionary<string, uint> listed) =>
        listed.All(l => told.TryGetValue(l.Key, out var validity) && validity == l.Value) && told.Keys.All(path => listed.ContainsKey(path) || IsInbox(path));

    private static bool IsInbox(string path) => path.Equals("INBOX", StringComparison.OrdinalIgnoreCase);
}
