using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.ApiKeys;

/// <summary>Knows the API keys. A key found is remembered for some seconds, so that a busy app costs no query a request.</summary>
internal sealed class ApiKeys(IDbContextFactory<GatewayDb> store, IOptions<StorageOptions> options, TimeProvider clock)
{
    public const string Prefix = "gw_";

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);

    private readonly byte[]? _adminHash = options.Value.AdminKey is { } key ? Secret.Hash(key) : null;
    private readonly ConcurrentDictionary<string, (Caller Caller, long Since)> _known = new(); // by the monotonic clock: a revoked key is forgotten in time even if the other one is set back

    public async ValueTask<Caller?> FindAsync(string key, CancellationToken ct)
    {
        if (_known.TryGetValue(key, out var known) && IsFresh(known.Since)) { return known.Caller; }

        _known.TryRemove(key, out _);
        if (await ReadAsync(key, clock.GetUtcNow(), ct) is not { } caller) { return null; }

        foreach (var (old, entry) in _known)
        {
            if (!IsFresh(entry.Since)) { _known.TryRemove(old, out _); }
        }

        _known[key] = (caller, clock.GetTimestamp());
        return caller;
    }

    /// <summary>Makes a key and returns it: this is the only time it can be seen.</summary>
    public async Task<string> CreateAsync(string name, Scopes scopes, IReadOnlyList<AccountId>? accounts, DateTimeOffset? expiresAt, CancellationToken ct)
    {
        var key = Prefix + Secret.New();
        await using var db = await store.CreateDbContextAsync(ct);
        db.ApiKeys.Add(new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), Name = name, Hash = Secret.Hash(key), Scopes = scopes,
            Accounts = accounts is null ? null : string.Join(',', accounts), CreatedAt = clock.GetUtcNow(), ExpiresAt = expiresAt,
        });
        await db.SaveChangesAsync(ct);
        return key;
    }

    public async Task<bool> AnyAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.ApiKeys.AnyAsync(ct);
    }

    private bool IsFresh(long since) => clock.GetElapsedTime(since) < Remembered;

    private async Task<Caller?> ReadAsync(string key, DateTimeOffset now, CancellationToken ct)
    {
        var hash = Secret.Hash(key);
        if (_adminHash is not null && CryptographicOperations.FixedTimeEquals(hash, _adminHash))
        {
            return new(Guid.Empty, Scopes.All, null, null);
        }

        await using var db = await store.CreateDbContextAsync(ct);
        var record = await db.ApiKeys.SingleOrDefaultAsync(k => k.Hash == hash && k.RevokedAt == null, ct);
        if (record is null || record.ExpiresAt <= now) { return null; }

        if (record.LastUsedAt is not { } last || now - last > UseNoted)
        {
            record.LastUsedAt = now;
            await db.SaveChangesAsync(ct);
        }

        var accounts = record.Accounts?.Split(',').Select(a => AccountId.Parse(a, null)).ToFrozenSet();
        return new(record.Id, record.Scopes, accounts, null);
    }
}
