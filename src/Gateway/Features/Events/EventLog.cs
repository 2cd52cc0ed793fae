using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Events;

/// <summary>Append-only facts of each account, numbered without gaps. Everything live reads from here, each reader at its own pace.</summary>
internal sealed class EventLog(IDbContextFactory<GatewayDb> store, TimeProvider clock)
{
    private const int BatchSize = 200;

    private readonly ConcurrentDictionary<AccountId, AccountTail> _tails = new();

    /// <summary>Raised after each append, on the writer's thread: note the account and return.</summary>
    public event Action<AccountId>? Appended;

    public Task AppendAsync(AccountId account, string type, object data, DateTimeOffset occurredAt, CancellationToken ct) =>
        AppendAsync(account, [new(type, data, occurredAt, clock.GetUtcNow())], ct);

    /// <summary>Writes events durably, in their order, and wakes the readers.</summary>
    public async Task AppendAsync(AccountId account, IReadOnlyList<NewEvent> events, CancellationToken ct)
    {
        if (events.Count == 0) { return; }

        var tail = Tail(account);
        await tail.Writing.WaitAsync(ct);
        try
        {
            await using var db = await store.CreateDbContextAsync(ct);
            var last = tail.Last ?? await LastAsync(db, account, ct);
            foreach (var happened in events)
            {
                db.Events.Add(new()
                {
                    Account = account, Number = ++last, Type = happened.Type, OccurredAt = happened.OccurredAt, DetectedAt = happened.DetectedAt,
                    Data = JsonSerializer.Serialize(happened.Data, happened.Data.GetType(), WireJson.Options),
                });
            }

            await db.SaveChangesAsync(ct);
            tail.Last = last;
        }
        finally { tail.Writing.Release(); }

        tail.Wake();
        Appended?.Invoke(account);
    }

    /// <summary>The number of the newest event; 0 when there is none.</summary>
    public async Task<long> LastAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await LastAsync(db, account, ct);
    }

    /// <summary>Events after a number, at most a batch of them, oldest first.</summary>
    /// <exception cref="CursorExpiredException">Events after the number were dropped already, or it was never given.</exception>
    public async Task<IReadOnlyList<MailEvent>> ReadAsync(AccountId account, long after, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.Events.AsNoTracking().Where(e => e.Account == account && e.Number > after)
            .OrderBy(e => e.Number).Take(BatchSize).ToListAsync(ct);
        var complete = found.Count > 0 ? found[0].Number == after + 1 : after <= await LastAsync(db, account, ct);
        return complete ? [.. found.Select(From)] : throw new CursorExpiredException();
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

            if (found.Count > 0) { after += found.Count; }
            else { await next.WaitAsync(ct); }
        }
    }

    public void Forget(AccountId account) => _tails.TryRemove(account, out _);

    private AccountTail Tail(AccountId account) => _tails.GetOrAdd(account, _ => new());

    private static async Task<long> LastAsync(GatewayDb db, AccountId account, CancellationToken ct) =>
        await db.Events.Where(e => e.Account == account).MaxAsync(e => (long?)e.Number, ct) ?? 0;

    private static MailEvent From(EventRecord record)
    {
        using var data = JsonDocument.Parse(record.Data);
        return new(
            new EventCursor(record.Account, record.Number).ToString(), record.Type, record.Account, record.OccurredAt, record.DetectedAt,
            data.RootElement.Clone());
    }
}
