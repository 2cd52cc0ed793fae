using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Gateway.Features.Metrics;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Events;

/// <summary>Append-only facts of each account, numbered without gaps. Everything live reads from here, each reader at its own pace.</summary>
internal sealed class EventLog : IAsyncDisposable
{
    /// <summary>Most events of one read: fewer are all there were.</summary>
    public const int BatchSize = 200;

    private readonly IDbContextFactory<GatewayDb> _store;
    private readonly Measures _measures;
    private readonly TimeProvider _clock;
    private readonly RecentEvents _recent = new();
    private readonly GroupCommit _commits;
    private readonly ConcurrentDictionary<AccountId, AccountTail> _tails = new();

    public EventLog(IDbContextFactory<GatewayDb> store, Measures measures, TimeProvider clock)
    {
        (_store, _measures, _clock) = (store, measures, clock);
        _commits = new(store, _recent, clock);
    }

    /// <summary>Raised after each append, on the writer's thread: note the account and return.</summary>
    public event Action<AccountId>? Appended;

    public Task AppendAsync(AccountId account, string type, object data, DateTimeOffset occurredAt, CancellationToken ct) =>
        AppendAsync(account, [new(type, data, occurredAt, _clock.GetUtcNow())], ct);

    /// <summary>Writes events durably, in their order, and wakes the readers.</summary>
    public Task AppendAsync(AccountId account, IReadOnlyList<NewEvent> events, CancellationToken ct) =>
        events.Count == 0 ? Task.CompletedTask : AppendAsync(account, events, (_, _) => Task.CompletedTask, ct);

    /// <summary>The same together with the change that the events tell of: after a crash both are there or neither is.</summary>
    /// <param name="change">Makes the change in this store, within the transaction. It may be asked to make it anew in another one.</param>
    public Task AppendAsync(AccountId account, IReadOnlyList<NewEvent> events, Func<GatewayDb, CancellationToken, Task> change, CancellationToken ct) =>
        AppendAsync(new(account, events, change, Hurries: true, ct));

    /// <summary>The same, in no hurry: it waits some milliseconds for another append to go with, and is durable as well when this returns.</summary>
    public Task AppendSoonAsync(AccountId account, IReadOnlyList<NewEvent> events, Func<GatewayDb, CancellationToken, Task> change, CancellationToken ct) =>
        AppendAsync(new(account, events, change, Hurries: false, ct));

    /// <summary>The number of the newest event; 0 when there is none.</summary>
    public async Task<long> LastAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await _store.CreateDbContextAsync(ct);
        return await LastAsync(db, account, ct);
    }

    /// <summary>The number of the oldest event that is kept; 1 when there is none.</summary>
    public async Task<long> FirstAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await _store.CreateDbContextAsync(ct);
        return await db.Events.Where(e => e.Account == account).MinAsync(e => (long?)e.Number, ct) ?? 1;
    }

    /// <summary>Events after a number, at most a batch of them, oldest first.</summary>
    /// <exception cref="CursorExpiredException">Events after the number were dropped already, or it was never given.</exception>
    public async Task<IReadOnlyList<MailEvent>> ReadAsync(AccountId account, long after, CancellationToken ct)
    {
        if (_recent.After(account, after, BatchSize) is { } recent) { return recent.ConvertAll(From); }

        await using var db = await _store.CreateDbContextAsync(ct);
        var found = await db.Events.AsNoTracking().Where(e => e.Account == account && e.Number > after)
            .OrderBy(e => e.Number).Take(BatchSize).ToListAsync(ct);
        var complete = found.Count > 0 ? found[0].Number == after + 1 : after <= await LastAsync(db, account, ct);
        return complete ? found.ConvertAll(From) : throw new CursorExpiredException();
    }

    /// <summary>First the past after a number, then what comes, for as long as it is read.</summary>
    /// <remarks>Nothing is buffered for a slow reader: it reads on from the store when it is ready.</remarks>
    /// <exception cref="CursorExpiredException">The reader fell behind the retained tail.</exception>
    public async IAsyncEnumerable<MailEvent> TailAsync(AccountId account, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var tail = Tail(account);
        while (true)
        {
            var next = tail.NextAsync(); // taken before the read, so that nothing falls between the two
            var found = await ReadAsync(account, after, ct);
            foreach (var happened in found) { yield return happened; }

            after += found.Count;
            if (found.Count < BatchSize) { await next.WaitAsync(ct); } // that was all there was
        }
    }

    /// <summary>Drops the account's events up to a number.</summary>
    public async Task DropAsync(AccountId account, long upTo, CancellationToken ct)
    {
        await using var db = await _store.CreateDbContextAsync(ct);
        await db.Events.Where(e => e.Account == account && e.Number <= upTo).ExecuteDeleteAsync(ct);
        _recent.Drop(account, upTo);
    }

    /// <summary>The account is gone: its readers find that out now.</summary>
    public void Forget(AccountId account)
    {
        _commits.Forget(account);
        _recent.Drop(account, long.MaxValue);
        if (_tails.TryRemove(account, out var tail)) { tail.Wake(); }
    }

    public ValueTask DisposeAsync() => _commits.DisposeAsync();

    private async Task AppendAsync(Append append)
    {
        var tail = Tail(append.Account);
        await _commits.WriteAsync(append);
        if (append.Events.Count == 0) { return; }

        tail.Wake();
        _measures.Written(append.Events, _clock.GetUtcNow());
        Appended?.Invoke(append.Account);
    }

    private AccountTail Tail(AccountId account) => _tails.GetOrAdd(account, _ => new());

    private static async Task<long> LastAsync(GatewayDb db, AccountId account, CancellationToken ct) =>
        await db.Events.Where(e => e.Account == account).MaxAsync(e => (long?)e.Number, ct) ?? 0;

    private static MailEvent From(EventRecord record) => new(
        new EventCursor(record.Account, record.Number).ToString(), record.Type, record.Account, record.OccurredAt, record.DetectedAt, JsonElement.Parse(record.Data));
}
