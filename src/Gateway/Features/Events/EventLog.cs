using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Events;

/// <summary>Append-only facts of each account, numbered without gaps. Everything live reads from here.</summary>
internal sealed class EventLog(IDbContextFactory<GatewayDb> store, TimeProvider clock)
{
    private readonly ConcurrentDictionary<AccountId, AccountTail> _tails = new();

    /// <summary>Writes one event durably and tells the readers.</summary>
    public async Task AppendAsync<T>(AccountId account, string type, T data, DateTimeOffset occurredAt, CancellationToken ct)
    {
        var tail = _tails.GetOrAdd(account, _ => new());
        await tail.Writing.WaitAsync(ct);
        try
        {
            await using var db = await store.CreateDbContextAsync(ct);
            tail.Last ??= await db.Events.Where(e => e.Account == account).MaxAsync(e => (long?)e.Number, ct) ?? 0;
            db.Events.Add(new()
            {
                Account = account, Number = tail.Last.Value + 1, Type = type, OccurredAt = occurredAt, DetectedAt = clock.GetUtcNow(),
                Data = JsonSerializer.Serialize(data, WireJson.Options),
            });
            await db.SaveChangesAsync(ct);
            tail.Last++;
        }
        finally { tail.Writing.Release(); }
    }

    private sealed class AccountTail
    {
        public SemaphoreSlim Writing { get; } = new(1);
        public long? Last { get; set; }
    }
}
