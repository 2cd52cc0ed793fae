using Gateway.Features.Blobs;
using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Mail.Smtp;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Accounts;

/// <summary>Adds accounts and forgets them; the same for the API and for a webmail user's first sign-in.</summary>
internal sealed class Accounts(IDbContextFactory<GatewayDb> store, Vault vault, ImapPool imap, SmtpPool smtp, EventLog log, TimeProvider clock)
{
    /// <summary>Signs in to each server once, outside the pools.</summary>
    /// <exception cref="Gateway.Mail.Faults.MailException">Why it did not work.</exception>
    public async Task VerifyAsync(MailAccount account, CancellationToken ct)
    {
        if (account.Imap is not null) { await imap.VerifyAsync(account, ct); }

        if (account.Smtp is not null) { await smtp.VerifyAsync(account, ct); }
    }

    /// <summary>Stores an account whose credentials were verified, or null when its externalId is taken.</summary>
    public async Task<AccountRecord?> AddAsync(AccountRequest request, MailAccount verified, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await store.CreateDbContextAsync(ct);
        if (request.ExternalId is { } external && await db.Accounts.AnyAsync(a => a.ExternalId == external, ct)) { return null; }

        var record = new AccountRecord
        {
            Id = verified.Id, Email = request.Email, DisplayName = request.DisplayName, ExternalId = request.ExternalId,
            Username = verified.Username, SealedPassword = [], StateSince = now, CreatedAt = now,
        };
        Take(record, verified);
        // Streams over every account follow this one from here on.
        var added = new NewEvent(EventTypes.AccountState, new AccountStateChange(AccountState.Connected, null), now, now);
        await log.AppendAsync(record.Id, [added], (store, saving) => store.Accounts.AddAsync(record, saving).AsTask(), ct);
        return record;
    }

    /// <summary>Gives a stored account the servers and credentials that were just verified.</summary>
    public async Task RenewAsync(AccountId account, MailAccount verified, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var record = await db.Accounts.SingleAsync(a => a.Id == account, ct);
        if (vault.OpenText(account, AccountDirectory.PasswordPurpose, record.SealedPassword) == verified.Password
            && record.Username == verified.Username && record.Imap == verified.Imap && record.Smtp == verified.Smtp
            && record.State == nameof(AccountState.Connected)) { return; }

        Take(record, verified);
        record.StateSince = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await ForgetSessionsAsync(account);
    }

    /// <summary>Forgets every byte held for the account. False when there is none.</summary>
    public async Task<bool> DeleteAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await using var change = await db.Database.BeginTransactionAsync(ct);
        var submissions = db.Submissions.Where(s => s.Account == account).Select(s => s.Id);
        await db.SubmissionMimes.Where(m => submissions.Contains(m.SubmissionId)).ExecuteDeleteAsync(ct);
        await db.Set<RecipientRecord>().Where(r => submissions.Contains(r.SubmissionId)).ExecuteDeleteAsync(ct);
        await db.Set<AttemptRecord>().Where(a => submissions.Contains(a.SubmissionId)).ExecuteDeleteAsync(ct);
        await db.Submissions.Where(s => s.Account == account).ExecuteDeleteAsync(ct);
        await db.Reports.Where(r => r.Account == account).ExecuteDeleteAsync(ct);
        await BlobStore.DeleteAsync(db, db.Blobs.Where(b => b.Account == account), ct);
        await db.Identities.Where(i => i.Account == account).ExecuteDeleteAsync(ct);
        await db.Settings.Where(s => s.Account == account).ExecuteDeleteAsync(ct);
        await db.Templates.Where(t => t.Account == account).ExecuteDeleteAsync(ct);
        await db.Operations.Where(o => o.Account == account).ExecuteDeleteAsync(ct);
        await db.WatchPositions.Where(p => p.Account == account).ExecuteDeleteAsync(ct);
        await db.SyncStates.Where(s => s.Account == account).ExecuteDeleteAsync(ct);
        await db.Roles.Where(r => r.Account == account).ExecuteDeleteAsync(ct);
        await db.Events.Where(e => e.Account == account).ExecuteDeleteAsync(ct);
        await db.WebhookPositions.Where(p => p.Account == account).ExecuteDeleteAsync(ct);
        await db.WebhookDeliveries.Where(d => d.Account == account).ExecuteDeleteAsync(ct);
        await db.PushSubscriptions.Where(p => p.Account == account).ExecuteDeleteAsync(ct);
        await db.IdempotentAnswers.Where(a => a.Account == account).ExecuteDeleteAsync(ct);
        await db.Aliases.Where(a => a.Account == account).ExecuteDeleteAsync(ct);
        await db.Mailboxes.Where(m => m.Account == account).ExecuteDeleteAsync(ct);
        await db.SessionAccounts.Where(a => a.Account == account).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(s => s.Account == account).ExecuteDeleteAsync(ct);
        var found = await db.Accounts.Where(a => a.Id == account).ExecuteDeleteAsync(ct);
        await change.CommitAsync(ct);
        await ForgetSessionsAsync(account);
        return found > 0;
    }

    private void Take(AccountRecord record, MailAccount verified)
    {
        record.Username = verified.Username;
        record.SealedPassword = vault.SealText(record.Id, AccountDirectory.PasswordPurpose, verified.Password);
        (record.ImapHost, record.ImapPort, record.ImapSecurity) = (verified.Imap?.Host, verified.Imap?.Port ?? 0, verified.Imap?.Security ?? default);
        (record.SmtpHost, record.SmtpPort, record.SmtpSecurity) = (verified.Smtp?.Host, verified.Smtp?.Port ?? 0, verified.Smtp?.Security ?? default);
        record.CredentialsVersion++;
        record.State = nameof(AccountState.Connected);
        record.StateDetail = null;
    }

    private async Task ForgetSessionsAsync(AccountId account)
    {
        await imap.ForgetAsync(account);
        await smtp.ForgetAsync(account);
    }
}
