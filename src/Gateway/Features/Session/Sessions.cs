using System.Collections.Concurrent;
using System.Collections.Frozen;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Session;

/// <summary>Signed-in webmail users: each session lives until 12 hours without a request, or until it is signed out.</summary>
internal sealed class Sessions(IDbContextFactory<GatewayDb> store, TimeProvider clock)
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromHours(12);

    /// <summary>How often a living session writes down that it was seen; also how long a lookup is remembered.</summary>
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Until)> _known = new();

    /// <summary>Raised with the id of each session that was signed out.</summary>
    public event Action<Guid>? Closed;

    public async ValueTask<Caller?> FindAsync(string secret, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(secret, out var known) && now < known.Until) { return known.Caller; }

        _known.TryRemove(secret, out _);
        var hash = Secret.Hash(secret);
        await using var db = await store.CreateDbContextAsync(ct);
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Hash == hash, ct);
        if (session is null || now - session.LastSeenAt > IdleLimit) { return null; }

        session.LastSeenAt = now;
        await db.SaveChangesAsync(ct);
        var caller = new Caller(session.Id, Scopes.Webmail, new[] { session.Account }.ToFrozenSet(), session.Id);
        _known[secret] = (caller, now + SeenEvery);
        return caller;
    }

    /// <summary>Opens a session and returns the cookie's secret.</summary>
    public async Task<string> OpenAsync(AccountId account, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var secret = Secret.New();
        await using var db = await store.CreateDbContextAsync(ct);
        var dead = now - IdleLimit;
        await db.Sessions.Where(s => s.LastSeenAt < dead).ExecuteDeleteAsync(ct);
        db.Sessions.Add(new() { Id = Guid.CreateVersion7(now), Hash = Secret.Hash(secret), Account = account, CreatedAt = now, LastSeenAt = now });
        await db.SaveChangesAsync(ct);
        return secret;
    }

    /// <summary>Ends one session, or every session of the account.</summary>
    public async Task CloseAsync(AccountId account, Guid? session, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var closing = db.Sessions.Where(s => s.Account == account && (session == null || s.Id == session));
        var ids = await closing.Select(s => s.Id).ToListAsync(ct);
        await closing.ExecuteDeleteAsync(ct);
        foreach (var (secret, entry) in _known)
        {
            if (entry.Caller.Session is { } known && ids.Contains(known)) { _known.TryRemove(secret, out _); }
        }

        foreach (var id in ids) { Closed?.Invoke(id); }
    }
}
