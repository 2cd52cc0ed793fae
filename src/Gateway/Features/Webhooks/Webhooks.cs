using Gateway.Features.Events;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Webhooks;

/// <summary>The webhooks there are, how far each has read, and what it was sent.</summary>
internal sealed class Webhooks(IDbContextFactory<GatewayDb> store, TimeProvider clock)
{
    /// <summary>Raised when webhooks were added, changed or deleted: note it and return.</summary>
    public event Action? Changed;

    public async Task<IReadOnlyList<WebhookRecord>> ListAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.Webhooks.AsNoTracking().OrderBy(w => w.CreatedAt).ThenBy(w => w.Id).ToListAsync(ct);
    }

    /// <summary>A webhook that the caller may see: one whose accounts are all within reach.</summary>
    public async Task<WebhookRecord?> FindAsync(string id, Caller caller, CancellationToken ct)
    {
        if (!Guid.TryParseExact(id, "N", out var number)) { return null; }

        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Id == number, ct);
        return found is not null && IsWithinReach(found, caller) ? found : null;
    }

    /// <summary>The webhook as it is now; null when it was deleted.</summary>
    public async Task<WebhookRecord?> CurrentAsync(Guid webhook, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Id == webhook, ct);
    }

    public static bool IsWithinReach(WebhookRecord webhook, Caller caller) =>
        caller.Accounts is null || (Webhook.From(webhook).Accounts is { } accounts && accounts.All(caller.Reaches));

    /// <summary>Adds or changes a webhook. In accounts that it begins to tell of it begins now.</summary>
    public async Task SaveAsync(WebhookRecord webhook, bool isNew, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        db.Entry(webhook).State = isNew ? EntityState.Added : EntityState.Modified;
        var known = isNew ? [] : await db.WebhookPositions.Where(p => p.WebhookId == webhook.Id).Select(p => p.Account).ToListAsync(ct);
        var ends = await db.Accounts.Select(a => new { a.Id, Last = db.Events.Where(e => e.Account == a.Id).Max(e => (long?)e.Number) ?? 0 }).ToListAsync(ct);
        var wanted = Webhook.From(webhook).Accounts;
        db.WebhookPositions.AddRange(ends.Where(a => !known.Contains(a.Id) && wanted?.Contains(a.Id) != false)
            .Select(a => new WebhookPositionRecord { WebhookId = webhook.Id, Account = a.Id, Number = a.Last }));
        await db.SaveChangesAsync(ct);
        if (wanted is not null) { await db.WebhookPositions.Where(p => p.WebhookId == webhook.Id && !wanted.Contains(p.Account)).ExecuteDeleteAsync(ct); }

        Changed?.Invoke();
    }

    public async Task DeleteAsync(Guid webhook, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await db.WebhookDeliveries.Where(d => d.WebhookId == webhook).ExecuteDeleteAsync(ct);
        await db.WebhookPositions.Where(p => p.WebhookId == webhook).ExecuteDeleteAsync(ct);
        await db.Webhooks.Where(w => w.Id == webhook).ExecuteDeleteAsync(ct);
        Changed?.Invoke();
    }

    /// <summary>The receiver wants no more (410).</summary>
    public async Task DisableAsync(Guid webhook, string reason, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await db.Webhooks.Where(w => w.Id == webhook).ExecuteUpdateAsync(set => set.SetProperty(w => w.Enabled, false).SetProperty(w => w.DisabledReason, reason), ct);
        Changed?.Invoke();
    }

    /// <summary>How far it has read in each account; one that is not in there was added since.</summary>
    public async Task<Dictionary<AccountId, long>> PositionsAsync(WebhookRecord webhook, CancellationToken ct)
    {
        var wanted = Webhook.From(webhook).Accounts;
        await using var db = await store.CreateDbContextAsync(ct);
        var known = await db.WebhookPositions.AsNoTracking().Where(p => p.WebhookId == webhook.Id).ToDictionaryAsync(p => p.Account, p => p.Number, ct);
        foreach (var account in await db.Accounts.Select(a => a.Id).ToListAsync(ct))
        {
            if (wanted?.Contains(account) != false) { known.TryAdd(account, 0); }
        }

        return known;
    }

    /// <summary>The delivery of this event as far as it has come, or none.</summary>
    public async Task<WebhookDeliveryRecord?> PendingAsync(Guid webhook, AccountId account, long number, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.WebhookDeliveries.AsNoTracking()
            .FirstOrDefaultAsync(d => d.WebhookId == webhook && d.Account == account && d.Number == number && d.State == WebhookDeliveryState.Pending, ct);
    }

    /// <summary>Writes what became of a delivery, and where its event is done with, that the reading goes on behind it: both or neither.</summary>
    public async Task SaveAsync(WebhookDeliveryRecord delivery, bool isNew, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.Webhooks.AnyAsync(w => w.Id == delivery.WebhookId, ct)) { return; } // deleted meanwhile

        db.Entry(delivery).State = isNew ? EntityState.Added : EntityState.Modified;
        await db.SaveChangesAsync(ct);
        if (delivery.State != WebhookDeliveryState.Pending) { await MoveAsync(db, delivery.WebhookId, delivery.Account, delivery.Number, ct); }

        await transaction.CommitAsync(ct);
    }

    public async Task MoveAsync(Guid webhook, AccountId account, long number, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await MoveAsync(db, webhook, account, number, ct);
    }

    /// <summary>Asks for everything since a time to be sent again: done by whoever runs the webhook, since nobody may be reading meanwhile.</summary>
    public async Task AskRewindAsync(Guid webhook, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await db.Webhooks.Where(w => w.Id == webhook).ExecuteUpdateAsync(set => set.SetProperty(w => w.RewindTo, since), ct);
        Changed?.Invoke();
    }

    /// <summary>Puts the places read up to back to a time, in every account.</summary>
    public async Task RewindAsync(Guid webhook, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var position in await db.WebhookPositions.Where(p => p.WebhookId == webhook).ToListAsync(ct))
        {
            var first = await db.Events.Where(e => e.Account == position.Account && e.AppendedAt >= since).MinAsync(e => (long?)e.Number, ct);
            if (first is { } number && number - 1 < position.Number) { position.Number = number - 1; }
        }

        await db.SaveChangesAsync(ct);
        await db.Webhooks.Where(w => w.Id == webhook).ExecuteUpdateAsync(set => set.SetProperty(w => w.RewindTo, (DateTimeOffset?)null), ct);
        await transaction.CommitAsync(ct);
    }

    public async Task ForgetOldAsync(TimeSpan keepFor, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - keepFor;
        await using var db = await store.CreateDbContextAsync(ct);
        await db.WebhookDeliveries.Where(d => d.CreatedAt < before && d.State != WebhookDeliveryState.Pending).ExecuteDeleteAsync(ct);
    }

    public WebhookDeliveryRecord NewDelivery(Guid webhook, MailEvent happened, long number) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()), WebhookId = webhook, Account = happened.AccountId, Number = number, EventId = happened.Id, Type = happened.Type,
        State = WebhookDeliveryState.Pending, Attempts = "[]", CreatedAt = clock.GetUtcNow(),
    };

    private static async Task MoveAsync(GatewayDb db, Guid webhook, AccountId account, long number, CancellationToken ct)
    {
        var moved = await db.WebhookPositions.Where(p => p.WebhookId == webhook && p.Account == account).ExecuteUpdateAsync(set => set.SetProperty(p => p.Number, number), ct);
        if (moved > 0 || !await db.Accounts.AnyAsync(a => a.Id == account, ct)) { return; }

        db.WebhookPositions.Add(new() { WebhookId = webhook, Account = account, Number = number });
        await db.SaveChangesAsync(ct);
    }
}
