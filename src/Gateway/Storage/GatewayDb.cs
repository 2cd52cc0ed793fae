using Gateway.Features.Mailboxes;
using Gateway.Features.Operations;
using Gateway.Features.Submissions;
using Gateway.Features.Webhooks;
using Gateway.Mail;
using Gateway.Mail.Smtp;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gateway.Storage;

/// <summary>Everything that must outlive the process. Mail itself stays on the IMAP server.</summary>
internal sealed class GatewayDb(DbContextOptions<GatewayDb> options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<AccountRecord> Accounts => Set<AccountRecord>();
    public DbSet<ApiKeyRecord> ApiKeys => Set<ApiKeyRecord>();
    public DbSet<SessionRecord> Sessions => Set<SessionRecord>();
    public DbSet<SessionAccountRecord> SessionAccounts => Set<SessionAccountRecord>();
    public DbSet<SettingsRecord> Settings => Set<SettingsRecord>();
    public DbSet<MailboxRecord> Mailboxes => Set<MailboxRecord>();
    public DbSet<WatchPositionRecord> WatchPositions => Set<WatchPositionRecord>();
    public DbSet<AliasRecord> Aliases => Set<AliasRecord>();
    public DbSet<SubmissionRecord> Submissions => Set<SubmissionRecord>();
    public DbSet<SubmissionMimeRecord> SubmissionMimes => Set<SubmissionMimeRecord>();
    public DbSet<ReportRecord> Reports => Set<ReportRecord>();
    public DbSet<IdentityRecord> Identities => Set<IdentityRecord>();
    public DbSet<TemplateRecord> Templates => Set<TemplateRecord>();
    public DbSet<BlobRecord> Blobs => Set<BlobRecord>();
    public DbSet<BlobChunkRecord> BlobChunks => Set<BlobChunkRecord>();
    public DbSet<OperationRecord> Operations => Set<OperationRecord>();
    public DbSet<RoleRecord> Roles => Set<RoleRecord>();
    public DbSet<SyncStateRecord> SyncStates => Set<SyncStateRecord>();
    public DbSet<WebhookRecord> Webhooks => Set<WebhookRecord>();
    public DbSet<WebhookPositionRecord> WebhookPositions => Set<WebhookPositionRecord>();
    public DbSet<WebhookDeliveryRecord> WebhookDeliveries => Set<WebhookDeliveryRecord>();
    public DbSet<PushSubscriptionRecord> PushSubscriptions => Set<PushSubscriptionRecord>();
    public DbSet<PushKeyRecord> PushKeys => Set<PushKeyRecord>();
    public DbSet<IdempotentAnswerRecord> IdempotentAnswers => Set<IdempotentAnswerRecord>();
    public DbSet<EventRecord> Events => Set<EventRecord>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Writes without tracking, for what is written with every mail.</summary>
    public PreparedRows Rows => field ??= new(this);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Milliseconds since 1970: SQLite has no type of its own that it could compare, PostgreSQL sorts it as well.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configurationBuilder.Properties<AccountId>().HaveConversion<AccountIdText>().HaveMaxLength(32);
        configurationBuilder.Properties<MailSecurity>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<SubmissionState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<RecipientState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<WebhookDeliveryState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<OperationState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<MailboxRole>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<SubmissionResult>().HaveConversion<string>().HaveMaxLength(20);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountRecord>(account =>
        {
            account.HasIndex(a => a.Email);
            account.HasIndex(a => a.ExternalId).IsUnique();
            account.Ignore(a => a.Imap).Ignore(a => a.Smtp);
        });
        modelBuilder.Entity<ApiKeyRecord>().HasIndex(k => k.Hash).IsUnique();
        modelBuilder.Entity<SessionRecord>(session =>
        {
            session.HasIndex(s => s.Hash).IsUnique();
            session.HasIndex(s => s.Account);
            session.Property(s => s.UserAgent).HasMaxLength(SessionRecord.MaxUserAgent);
        });
        modelBuilder.Entity<SessionAccountRecord>(added =>
        {
            added.HasKey(a => new { a.SessionId, a.Account });
            added.HasIndex(a => a.Account);
            added.HasOne<SessionRecord>().WithMany(s => s.Added).HasForeignKey(a => a.SessionId);
        });
        modelBuilder.Entity<SettingsRecord>(settings =>
        {
            settings.HasKey(s => s.Account);
            settings.Property(s => s.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<MailboxRecord>(mailbox =>
        {
            mailbox.HasKey(m => new { m.Account, m.Number });
            mailbox.HasIndex(m => new { m.Account, m.Path, m.UidValidity }).IsUnique();
        });
        modelBuilder.Entity<WatchPositionRecord>().HasKey(p => new { p.Account, p.Mailbox });
        modelBuilder.Entity<AliasRecord>(alias =>
        {
            alias.HasKey(a => new { a.Account, a.KeyMailbox, a.KeyUid });
            alias.HasIndex(a => new { a.Account, a.Mailbox, a.Uid }).IsUnique();
        });
        modelBuilder.Entity<SubmissionRecord>(submission =>
        {
            // Only the few that are due or named are in these: an accepted mail costs less, and a look at what is due reads nothing else.
            submission.HasIndex(s => new { s.Account, s.Id, s.DueAt }).HasFilter("\"DueAt\" IS NOT NULL");
            submission.HasIndex(s => new { s.Account, s.FilingDueAt }).HasFilter("\"FilingDueAt\" IS NOT NULL");
            submission.HasIndex(s => new { s.Account, s.IdempotencyKey }).IsUnique().HasFilter("\"IdempotencyKey\" IS NOT NULL");
            submission.HasIndex(s => s.MergeId).HasFilter("\"MergeId\" IS NOT NULL");
            submission.HasIndex(s => new { s.Account, s.MessageIdHeader });
            // An update that names a column rewrites its indexes, whether its value changes or not.
            foreach (var once in new[] { nameof(SubmissionRecord.Account), nameof(SubmissionRecord.MessageIdHeader), nameof(SubmissionRecord.CreatedAt), nameof(SubmissionRecord.DraftId), nameof(SubmissionRecord.MergeId), nameof(SubmissionRecord.IdempotencyKey), nameof(SubmissionRecord.IdempotencyHash) })
            {
                submission.Property(once).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            }

            submission.Property(s => s.Version).IsConcurrencyToken();
            submission.HasMany(s => s.Recipients).WithOne().HasForeignKey(r => r.SubmissionId);
            submission.HasMany(s => s.AttemptLog).WithOne().HasForeignKey(a => a.SubmissionId);
        });
        modelBuilder.Entity<SubmissionMimeRecord>(mime =>
        {
            mime.HasKey(m => m.SubmissionId);
            mime.HasOne<SubmissionRecord>().WithOne().HasForeignKey<SubmissionMimeRecord>(m => m.SubmissionId);
        });
        modelBuilder.Entity<RecipientRecord>().HasKey(r => new { r.SubmissionId, r.Position });
        modelBuilder.Entity<AttemptRecord>().HasKey(a => new { a.SubmissionId, a.Number });
        modelBuilder.Entity<ReportRecord>(report =>
        {
            report.HasKey(r => new { r.Account, r.MessageId });
            report.HasIndex(r => r.DueAt);
        });
        modelBuilder.Entity<IdentityRecord>().HasIndex(i => i.Account);
        modelBuilder.Entity<TemplateRecord>().HasIndex(t => t.Account);
        modelBuilder.Entity<BlobRecord>(blob =>
        {
            blob.HasIndex(b => b.Account);
            blob.HasIndex(b => b.ExpiresAt);
        });
        modelBuilder.Entity<BlobChunkRecord>(chunk =>
        {
            chunk.HasKey(c => new { c.BlobId, c.Offset });
            chunk.HasOne<BlobRecord>().WithMany().HasForeignKey(c => c.BlobId);
        });
        modelBuilder.Entity<OperationRecord>(operation =>
        {
            operation.HasIndex(o => o.Account);
            operation.HasIndex(o => o.State);
            operation.HasIndex(o => o.CreatedAt);
        });
        modelBuilder.Entity<WebhookPositionRecord>().HasKey(p => new { p.WebhookId, p.Account });
        modelBuilder.Entity<WebhookDeliveryRecord>(delivery =>
        {
            delivery.HasIndex(d => new { d.WebhookId, d.Account, d.Number });
            delivery.HasIndex(d => new { d.WebhookId, d.Id });
            delivery.HasIndex(d => d.CreatedAt);
        });
        modelBuilder.Entity<PushSubscriptionRecord>(push =>
        {
            push.HasIndex(p => new { p.Account, p.Endpoint }).IsUnique();
            push.HasIndex(p => p.Session);
        });
        modelBuilder.Entity<PushKeyRecord>().Property(k => k.Id).ValueGeneratedNever();
        modelBuilder.Entity<IdempotentAnswerRecord>(answer =>
        {
            answer.HasIndex(a => a.Account);
            answer.HasIndex(a => a.CreatedAt);
        });
        modelBuilder.Entity<SyncStateRecord>().HasIndex(s => new { s.Account, s.CreatedAt });
        modelBuilder.Entity<RoleRecord>().HasKey(r => new { r.Account, r.Role });
        modelBuilder.Entity<EventRecord>(happened =>
        {
            happened.HasKey(e => new { e.Account, e.Number });
            happened.HasIndex(e => new { e.Account, e.AppendedAt });
        });
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

    private sealed class AccountIdText() : ValueConverter<AccountId, string>(
        id => id.ToString(), stored => AccountId.Parse(stored, null));
}
