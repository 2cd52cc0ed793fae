using Gateway.Mail;
using Gateway.Mail.Watching;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Events;

/// <summary>What the event log has told of each mailbox that was ever watched.</summary>
internal sealed class WatchPositions(IDbContextFactory<GatewayDb> store)
{
    private readonly Turns<(AccountId, MailboxId)> _turns = new();

    /// <summary>Whoever moves a position on is the only one until disposed.</summary>
    public Task<IDisposable> EnterAsync(AccountId account, MailboxId mailbox, CancellationToken ct) => _turns.EnterAsync((account, mailbox), ct);

    /// <summary>The same for two of them.</summary>
    public async Task<IDisposable> EnterAsync(AccountId account, MailboxId one, MailboxId other, CancellationToken ct)
    {
        var (first, second) = one.Number < other.Number ? (one, other) : (other, one); // everybody in this order, or two could wait for each other
        var turn = await EnterAsync(account, first, ct);
        try { return new Both(turn, first == second ? null : await EnterAsync(account, second, ct)); }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Null when the mailbox was never watched.</summary>
    public async Task<MailboxSnapshot?> FindAsync(AccountId account, MailboxId mailbox, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var told = await db.WatchPositions.Where(p => p.Account == account && p.Mailbox == mailbox.Number).Select(p => p.Told).SingleOrDefaultAsync(ct);
        return told is null ? null : MailboxSnapshot.Unpack(told, MailboxSnapshot.Read);
    }

    public async Task BeginAsync(AccountId account, MailboxId mailbox, MailboxSnapshot now, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        if (await db.WatchPositions.AnyAsync(p => p.Account == account && p.Mailbox == mailbox.Number, ct)) { return; }

        db.WatchPositions.Add(new() { Account = account, Mailbox = mailbox.Number, Told = MailboxSnapshot.Pack(now.Write) });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Moves the position on within a transaction, as often as that is begun anew.</summary>
    public static Func<GatewayDb, CancellationToken, Task> Move(AccountId account, MailboxId mailbox, MailboxSnapshot told)
    {
        var bytes = MailboxSnapshot.Pack(told.Write);
        return (db, ct) => db.WatchPositions.Where(p => p.Account == account && p.Mailbox == mailbox.Number).ExecuteUpdateAsync(set => set.SetProperty(p => p.Told, bytes), ct);
    }

    private sealed class Both(IDisposable first, IDisposable? second) : IDisposable
    {
        public void Dispose()
        {
            second?.Dispose();
            first.Dispose();
        }
    }
}
