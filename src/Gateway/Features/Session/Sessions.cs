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
    public static readonly TimeSpan IdleLimit = TimeSpan.FromHours(12);

    /// <summary>How often a living session writes down that it was seen; also how long a lookup is remembered.</summary>
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>Accounts a session may reach, the one signed in with included.</summary>
    public const int MaxAccounts = 10;

    private readonly ConcurrentDictionary<string, (Caller Caller, long Since)> _known = new(); // since when, by the monotonic clock: what ended is known as ended in time even if the other one is set back

    /// <summary>Raised with the id of each session that was signed out, or reaches less than before.</summary>
    public event Action<Guid>? Closed;

    public async ValueTask<Caller?> FindAsync(string secret, CancellationToken ct)
    {
        if (_known.TryGetValue(secret, out var known) && clock.GetElapsedTime(known.Since) < SeenEvery) { return known.Caller; }

        _known.TryRemove(secret, out _);
        var now = clock.GetUtcNow();
        var hash = Secret.Hash(secret);
        await using var db = await store.CreateDbContextAsync(ct);
        var session = await db.Sessions.Include(s => s.Added).SingleOrDefaultAsync(s => s.Hash == hash, ct);
        if (session is null || now - session.LastSeenAt > IdleLimit) { return null; }

        session.LastSeenAt = now;
        await db.SaveChangesAsync(ct);
        var caller = new Caller(session.Id, Scopes.Webmail, session.Added.Select(a => a.Account).Append(session.Account).ToFrozenSet(), session.Id, session.Account);
        _known[secret] = (caller, clock.GetTimestamp());
        return caller;
    }

    /// <summary>Opens a session and returns the cookie's secret.</summary>
    public async Task<string> OpenAsync(AccountId account, string? userAgent, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var secret = Secret.New();
        await using var db = await store.CreateDbContextAsync(ct);
        var dead = now - IdleLimit;
        await db.Sessions.Where(s => s.LastSeenAt < dead).ExecuteDeleteAsync(ct);
        db.Sessions.Add(new()
        {
            Id = Guid.CreateVersion7(now), Hash = Secret.Hash(secret), Account = account, CreatedAt = now, LastSeenAt = now,
            UserAgent = userAgent is { Length: > SessionRecord.MaxUserAgent } ? userAgent[..SessionRecord.MaxUserAgent] : userAgent,
        });
        await db.SaveChangesAsync(ct);
        return secret;
    }

    /// <summary>Lets a session reach a further account. False when it reaches as many as it may.</summary>
    public async Task<bool> AddAsync(Guid session, AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await using var change = await db.Database.BeginTransactionAsync(ct);
        var reached = await db.SessionAccounts.Where(a => a.SessionId == session).Select(a => a.Account).ToListAsync(ct);
        if (!reached.Contains(account))
        {
            if (reached.Count + 1 >= MaxAccounts) { return false; }

            db.SessionAccounts.Add(new() { SessionId = session, Account = account, AddedAt = clock.GetUtcNow() });
            await db.SaveChangesAsync(ct);
            await change.CommitAsync(ct);
        }

        Forget([session]);
        return true;
    }

    /// <summary>Takes a further account out of a session. False when it was not in there.</summary>
    public async Task<bool> RemoveAsync(Guid session, AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        if (await db.SessionAccounts.Where(a => a.SessionId == session && a.Account == account).ExecuteDeleteAsync(ct) == 0) { return false; }

        await db.PushSubscriptions.Where(p => p.Session == session && p.Account == account).ExecuteDeleteAsync(ct);
        End([session]);
        return true;
    }

    /// <summary>Ends one session, or every session of the account; with every one, others that reach the account do so no more.</summary>
    /// <param name="except">This one goes on.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> CloseAsync(AccountId account, Guid? session, CancellationToken ct, Guid? except = null)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var closing = db.Sessions.Where(s => s.Account == account && (session == null || s.Id == session) && (except == null || s.Id != except));
        var ids = await closing.Select(s => s.Id).ToListAsync(ct);
        var losing = db.SessionAccounts.Where(a => session == null && a.Account == account && (except == null || a.SessionId != except));
        var others = await losing.Select(a => a.SessionId).ToListAsync(ct);
        // What browsers are told in the name of sessions ends with them, also of those that nobody has used for long.
        await db.PushSubscriptions.Where(p => p.Session != null && (ids.Contains(p.Session.Value) || (session == null && p.Account == account && (except == null || p.Session != except))))
            .ExecuteDeleteAsync(ct);
        await losing.ExecuteDeleteAsync(ct);
        await closing.ExecuteDeleteAsync(ct);
        End([.. ids, .. others]);
        return ids.Count;
    }

    private void End(IReadOnlyCollection<Guid> sessions)
    {
        Forget(sessions);
        foreach (var id in sessions) { Closed?.Invoke(id); }
    }

    private void Forget(IReadOnlyCollection<Guid> sessions)
    {
        foreach (var (secret, entry) in _known)
        {
            if (entry.Caller.Session is { } known && sessions.Contains(known)) { _known.TryRemove(secret, out _); }
        }
    }
}
