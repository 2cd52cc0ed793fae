using System.Collections.Concurrent;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Mailboxes;

/// <summary>Roles that users gave to mailboxes themselves. They go before what the server says.</summary>
internal sealed class ChosenRoles(IDbContextFactory<GatewayDb> store) : IDisposable
{
    private readonly ConcurrentDictionary<AccountId, IReadOnlyDictionary<MailboxRole, MailboxId>> _known = new();
    private readonly SemaphoreSlim _choosing = new(1); // two that give one role at once are one after the other

    public async ValueTask<IReadOnlyDictionary<MailboxRole, MailboxId>> OfAsync(AccountId account, CancellationToken ct)
    {
        if (_known.TryGetValue(account, out var known)) { return known; }

        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.Roles.AsNoTracking().Where(r => r.Account == account).ToListAsync(ct);
        return _known[account] = found.ToDictionary(r => r.Role, r => new MailboxId((uint)r.Mailbox));
    }

    /// <param name="role">Null: what the server says.</param>
    public async Task ChooseAsync(AccountId account, MailboxId mailbox, MailboxRole? role, CancellationToken ct)
    {
        await _choosing.WaitAsync(ct);
        try { await StoreAsync(account, mailbox.Number, role, ct); }
        finally { _choosing.Release(); }
    }

    public void Forget(AccountId account) => _known.TryRemove(account, out _);

    public void Dispose() => _choosing.Dispose();

    private async Task StoreAsync(AccountId account, long number, MailboxRole? role, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Roles.Where(r => r.Account == account && (r.Mailbox == number || r.Role == role)).ExecuteDeleteAsync(ct);
        if (role is { } chosen)
        {
            db.Roles.Add(new() { Account = account, Role = chosen, Mailbox = number });
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        Forget(account);
    }
}
