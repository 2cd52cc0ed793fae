using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Push;

/// <summary>The browsers that are told of new mail, and how far each has been told.</summary>
internal sealed class PushSubscriptions(IDbContextFactory<GatewayDb> store)
{
    /// <summary>Raised when subscriptions were added, changed or deleted: note it and return.</summary>
    public event Action? Changed;

    public async Task<IReadOnlyList<PushSubscriptionRecord>> ListAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.PushSubscriptions.AsNoTracking().OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).ToListAsync(ct);
    }

    /// <summary>A subscription of an account within the caller's reach.</summary>
    public async Task<PushSubscriptionRecord?> FindAsync(string id, Caller caller, CancellationToken ct)
    {
        if (!Guid.TryParseExact(id, "N", out var number)) { return null; }

        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.PushSubscriptions.AsNoTracking().SingleOrDefaultAsync(p => p.Id == number, ct);
        return found is not null && caller.Reaches(found.Account) ? found : null;
    }

    /// <summary>The subscription of this browser to the account's mail: a browser that subscribes again has the same endpoint.</summary>
    public async Task<PushSubscriptionRecord?> OfEndpointAsync(AccountId account, string endpoint, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.PushSubscriptions.AsNoTracking().SingleOrDefaultAsync(p => p.Account == account && p.Endpoint == endpoint, ct);
    }

    public async Task<int> CountAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.PushSubscriptions.CountAsync(p => p.Account == account, ct);
    }

    /// <summary>Adds a subscription, which is told of what comes from now on.</summary>
    /// <exception cref="DbUpdateException">The browser subscribed at the same moment.</exception>
    public async Task AddAsync(PushSubscriptionRecord added, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        added.Number = await db.Events.Where(e => e.Account == added.Account).MaxAsync(e => (long?)e.Number, ct) ?? 0;
        db.PushSubscriptions.Add(added);
        await db.SaveChangesAsync(ct);
        Changed?.Invoke();
    }

    /// <summary>Writes all of it but how far it has been told.</summary>
    public async Task UpdateAsync(PushSubscriptionRecord changed, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        db.Entry(changed).State = EntityState.Modified;
        db.Entry(changed).Property(p => p.Number).IsModified = false;
        await db.SaveChangesAsync(ct);
        Changed?.Invoke();
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.PushSubscriptions.Where(p => p.Id == id).ExecuteDeleteAsync(ct);
        Changed?.Invoke();
        return found > 0;
    }

    /// <summary>Some went with their account.</summary>
    public void NoteChange() => Changed?.Invoke();

    public async Task MoveAsync(Guid id, long number, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await db.PushSubscriptions.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Number, number), ct);
    }

    public async Task<Dictionary<AccountId, long>> PlacesAsync(Guid id, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.PushSubscriptions.Where(p => p.Id == id).ToDictionaryAsync(p => p.Account, p => p.Number, ct);
    }
}
