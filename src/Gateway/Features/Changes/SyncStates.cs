using Gateway.Mail;
using Gateway.Mail.Watching;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Changes;

/// <summary>The states that clients may ask from.</summary>
internal sealed class SyncStates(IDbContextFactory<GatewayDb> store, TimeProvider clock)
{
    /// <summary>Of an account; the oldest goes first.</summary>
    private const int MaxStates = 100;

    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(7);

    /// <summary>Null when it is not known (any more).</summary>
    public async Task<Dictionary<MailboxId, MailboxSnapshot>?> FindAsync(AccountId account, Guid id, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.SyncStates.AsNoTracking().SingleOrDefaultAsync(s => s.Account == account && s.Id == id, ct);
        return found is null ? null : SyncState.Read(found.Mailboxes);
    }

    public async Task<Guid> KeepAsync(AccountId account, IReadOnlyDictionary<MailboxId, MailboxSnapshot> mailboxes, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var record = new SyncStateRecord { Id = Guid.NewGuid(), Account = account, Mailboxes = SyncState.Write(mailboxes), CreatedAt = now };
        await using var db = await store.CreateDbContextAsync(ct);
        db.SyncStates.Add(record);
        await db.SaveChangesAsync(ct);
        var before = now - KeepFor;
        var surplus = db.SyncStates.Where(s => s.Account == account).OrderByDescending(s => s.CreatedAt).Skip(MaxStates).Select(s => s.Id);
        await db.SyncStates.Where(s => s.CreatedAt < before || surplus.Contains(s.Id)).ExecuteDeleteAsync(ct);
        return record.Id;
    }
}
