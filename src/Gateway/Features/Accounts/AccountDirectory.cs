using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Accounts;

/// <summary>Tells the engine how to sign in, and writes down how that went.</summary>
internal sealed class AccountDirectory(IDbContextFactory<GatewayDb> store, Vault vault, EventLog log, TimeProvider clock) : IAccountDirectory
{
    public const string PasswordPurpose = "password";

    public async ValueTask<MailAccount?> FindAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.AccountAsync(account, ct) is { } record
            ? new(account, record.Imap, record.Smtp, record.Username,
                vault.OpenText(account, PasswordPurpose, record.SealedPassword), record.CredentialsVersion)
            : null;
    }

    public async ValueTask ReportAsync(AccountId account, MailFault? fault, string? detail, CancellationToken ct)
    {
        var state = AccountStates.After(fault);
        var stored = state.ToString();
        var now = clock.GetUtcNow();
        await using var db = await store.CreateDbContextAsync(ct);
        var outdated = db.Accounts.Where(a => a.Id == account && a.State != stored);
        if (!await outdated.AnyAsync(ct)) { return; } // an update waits for the store's write lock, even one that changes nothing

        var changed = await outdated.ExecuteUpdateAsync(set => set
            .SetProperty(a => a.State, stored).SetProperty(a => a.StateSince, now).SetProperty(a => a.StateDetail, detail), ct);
        if (changed == 0) { return; }

        await log.AppendAsync(account, EventTypes.AccountState, new AccountStateChange(state, detail), now, ct);
    }
}
