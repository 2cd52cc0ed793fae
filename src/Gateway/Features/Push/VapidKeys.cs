using System.Security.Cryptography;
using Gateway.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Push;

/// <summary>Makes the push key at the first start, and keeps it sealed: browsers are bound to it.</summary>
internal sealed class VapidKeys(IDbContextFactory<GatewayDb> store, IDataProtectionProvider protection)
{
    private VapidKey? _known;

    private IDataProtector Protector => protection.CreateProtector("Gateway.Push.Vapid");

    public async ValueTask<VapidKey> GetAsync(CancellationToken ct) => _known ??= await LoadAsync(ct);

    private async Task<VapidKey> LoadAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } known) { return Open(known); }

        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var db = await store.CreateDbContextAsync(ct);
        db.PushKeys.Add(new() { Id = PushKeyRecord.TheOnly, SealedKey = Protector.Protect(made.ExportPkcs8PrivateKey()) });
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateException) when (!ct.IsCancellationRequested)
        {
            // Somebody made it at the same moment: then theirs is read, or the store's fault told.
        }

        return Open(await FindAsync(ct) ?? throw new InvalidOperationException("The push key could not be stored."));
    }

    private async Task<PushKeyRecord?> FindAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.PushKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == PushKeyRecord.TheOnly, ct);
    }

    private VapidKey Open(PushKeyRecord record)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Protector.Unprotect(record.SealedKey), out _);
        return new(key);
    }
}
