using System.Collections.Concurrent;
using Gateway.Features.Events;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Gateway.Features.Submissions;

/// <summary>The durable queue of submissions. What is in it was promised; every step of it is one transaction, told in the event log.</summary>
internal sealed class Outbox(IDbContextFactory<GatewayDb> store, Vault vault, EventLog log, TimeProvider clock)
{
    public const string MimePurpose = "submission";

    /// <summary>Mails of one turn of an account: so many an account with few waits for one with many.</summary>
    private const int BatchSize = 10;

    private TaskCompletionSource _added = New();

    /// <summary>Accounts whose submissions are being taken. Whoever takes them wakes the outbox afterwards, so a new one does not.</summary>
    public ConcurrentDictionary<AccountId, Task> Busy { get; } = new();

    /// <summary>Accounts that got a mail of its own while mails of a merge may be on their way.</summary>
    private readonly ConcurrentDictionary<AccountId, bool> _newSingles = new();

    /// <summary>Whether a mail came since <see cref="DueAsync"/> that goes before those of a merge.</summary>
    public bool HasNewSingle(AccountId account) => _newSingles.ContainsKey(account);

    /// <summary>Completes when something was put in.</summary>
    public Task AddedAsync() => Volatile.Read(ref _added).Task;

    public void Wake() => Interlocked.Exchange(ref _added, New()).TrySetResult();

    /// <summary>The submission that was stored under this idempotency key, if any.</summary>
    public async Task<SubmissionRecord?> FindAsync(AccountId account, string idempotencyKey, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await All(db).SingleOrDefaultAsync(s => s.Account == account && s.IdempotencyKey == idempotencyKey, ct);
    }

    /// <summary>What was made of a draft, oldest first.</summary>
    public async Task<IReadOnlyList<SubmissionRecord>> OfDraftAsync(AccountId account, MessageKey draft, CancellationToken ct)
    {
        var id = draft.ToString();
        await using var db = await store.CreateDbContextAsync(ct);
        return await All(db).Where(s => s.Account == account && s.DraftId == id).OrderBy(s => s.Id).ToListAsync(ct);
    }

    public async Task<SubmissionRecord?> FindAsync(AccountId account, Guid id, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await All(db).SingleOrDefaultAsync(s => s.Account == account && s.Id == id, ct);
    }

    /// <summary>Stores a submission with its sealed mail: when this returns, it is safe.</summary>
    /// <exception cref="DbUpdateException">Its idempotency key was taken at the same moment.</exception>
    public async Task AddAsync(SubmissionRecord submission, MimeMessage message, CancellationToken ct) =>
        await AddAsync(submission.Account, [(submission, await SealAsync(submission.Account, message, ct))], ct);

    /// <summary>Stores submissions of one account with their sealed mails: all or none.</summary>
    /// <exception cref="DbUpdateException">An idempotency key was taken at the same moment.</exception>
    public async Task AddAsync(AccountId account, IReadOnlyList<(SubmissionRecord Submission, byte[] Sealed)> added, CancellationToken ct)
    {
        await log.AppendAsync(account, [.. added.Select(a => StateOf(a.Submission))], async (db, token) =>
        {
            foreach (var (submission, box) in added)
            {
                await db.Rows.InsertAsync(submission, token);
                foreach (var recipient in submission.Recipients) { await db.Rows.InsertAsync(recipient, token); }

                await db.Rows.InsertAsync(new SubmissionMimeRecord { SubmissionId = submission.Id, SealedMime = box }, token);
            }
        }, ct);
        if (added[0].Submission.MergeId is null) { _newSingles[account] = true; }

        if (added.Any(a => a.Submission.DueAt is not null) && !Busy.ContainsKey(account)) { Wake(); }
    }

    /// <summary>The submissions of one merge, in the order of its recipients.</summary>
    public async Task<IReadOnlyList<SubmissionRecord>> OfMergeAsync(AccountId account, Guid merge, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await All(db).Where(s => s.Account == account && s.MergeId == merge).OrderBy(s => s.Id).ToListAsync(ct);
    }

    /// <summary>Changes a submission, unless somebody else does at the same moment: then the change is made anew on what it has become.</summary>
    /// <param name="change">False when the submission does not allow it.</param>
    /// <param name="rewritten">The mail it is to be from now on, if that changes.</param>
    /// <param name="because">What else is told with it.</param>
    /// <param name="with">What else is written with it.</param>
    /// <returns>The submission as it is now, null when there is none; and whether it was changed.</returns>
    public async Task<(SubmissionRecord? Submission, bool Changed)> ChangeAsync(
        AccountId account, Guid id, Func<SubmissionRecord, bool> change, MimeMessage? rewritten, CancellationToken ct,
        NewEvent? because = null, Func<GatewayDb, CancellationToken, Task>? with = null)
    {
        while (true)
        {
            if (await FindAsync(account, id, ct) is not { } submission) { return (null, false); }

            if (!change(submission)) { return (submission, false); }

            var box = rewritten is null ? null : await SealAsync(account, rewritten, ct);
            var write = Writing(submission);
            try
            {
                await log.AppendAsync(account, because is null ? [StateOf(submission)] : [because, StateOf(submission)], async (db, token) =>
                {
                    if (box is not null) { await ReplaceMimeAsync(db, submission, box, token); }

                    if (with is not null) { await with(db, token); }

                    await write(db, token);
                }, ct);
            }
            catch (DbUpdateConcurrencyException) { continue; }

            if (!Busy.ContainsKey(account)) { Wake(); }

            return (submission, true);
        }
    }

    /// <summary>The mail as it was built. Each call reads its own copy: a message written twice at once is corrupted.</summary>
    /// <exception cref="FormatException">There is none, or it is not a mail.</exception>
    public async Task<MimeMessage> OpenMimeAsync(SubmissionRecord submission, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var box = await OutboxQueries.MimeOf(db, submission.Id, ct) ?? throw new FormatException("The submission has no mail.");
        return await MimeMessage.LoadAsync(new MemoryStream(vault.Open(submission.Account, MimePurpose, box)), persistent: true, ct);
    }

    /// <summary>Accounts that have a mail due.</summary>
    public async Task<IReadOnlySet<AccountId>> DueAccountsAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await OutboxQueries.DueAccounts(db, now).ToHashSetAsync(cancellationToken: ct);
    }

    /// <summary>Accounts that have something to file of what was sent.</summary>
    public async Task<IReadOnlyList<AccountId>> FilingAccountsAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await OutboxQueries.FilingAccounts(db, now).ToListAsync(ct);
    }

    /// <summary>When the first thing falls due after now; null when nothing does.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var (attempt, filing) = (await OutboxQueries.NextAttempt(db, now, ct), await OutboxQueries.NextFiling(db, now, ct));
        return attempt is null || filing < attempt ? filing : attempt;
    }

    /// <summary>Submissions of the account that are due, at most a batch of them, oldest first: those of a merge when there is no other.</summary>
    public async Task<IReadOnlyList<SubmissionRecord>> DueAsync(AccountId account, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        _newSingles.TryRemove(account, out _);
        await using var db = await store.CreateDbContextAsync(ct);
        var due = db.Submissions.AsNoTracking().Where(s => s.Account == account && s.DueAt <= now);
        var found = await FirstAsync(due.Where(s => s.MergeId == null), ct);
        if (found.Count == 0) { found = await FirstAsync(due, ct); }

        if (found.Exists(s => s.Attempts > 0))
        {
            var ids = found.ConvertAll(s => s.Id);
            var attempts = await db.Set<AttemptRecord>().AsNoTracking().Where(a => ids.Contains(a.SubmissionId)).OrderBy(a => a.Number).ToListAsync(ct);
            foreach (var attempt in attempts) { found.Find(s => s.Id == attempt.SubmissionId)!.AttemptLog.Add(attempt); }
        }

        return found;
    }

    /// <summary>The oldest sent submission of the account that is still to be filed.</summary>
    public async Task<SubmissionRecord?> NextFilingAsync(AccountId account, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await store.CreateDbContextAsync(ct);
        return await All(db).Where(s => s.Account == account && s.FilingDueAt <= now).OrderBy(s => s.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>Accounts with attempts that ended without an outcome on record.</summary>
    public async Task<IReadOnlyList<AccountId>> InterruptedAccountsAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.Submissions.Where(s => s.State == SubmissionState.Sending).Select(s => s.Account).Distinct().ToListAsync(ct);
    }

    /// <summary>Submissions of the account that were left in the middle of an attempt.</summary>
    public async Task<IReadOnlyList<SubmissionRecord>> InterruptedAsync(AccountId account, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await All(db).Where(s => s.Account == account && s.State == SubmissionState.Sending).OrderBy(s => s.Id).ToListAsync(ct);
    }

    /// <summary>Forgets submissions that ended long ago, and the mails of those that may not be tried again any more.</summary>
    public async Task ForgetOldAsync(DateTimeOffset endedBefore, DateTimeOffset failedBefore, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var ended = db.Submissions.Where(s => s.DueAt == null && s.FilingDueAt == null && s.State != SubmissionState.Held && s.State != SubmissionState.Sending);
        var (failed, old) = (ended.Where(s => (s.TriedFrom ?? s.CreatedAt) < failedBefore).Select(s => s.Id), ended.Where(s => (s.TriedFrom ?? s.CreatedAt) < endedBefore).Select(s => s.Id));
        await db.SubmissionMimes.Where(m => failed.Contains(m.SubmissionId)).ExecuteDeleteAsync(ct);
        await db.Set<RecipientRecord>().Where(r => old.Contains(r.SubmissionId)).ExecuteDeleteAsync(ct);
        await db.Set<AttemptRecord>().Where(a => old.Contains(a.SubmissionId)).ExecuteDeleteAsync(ct);
        await db.Submissions.Where(s => old.Contains(s.Id)).ExecuteDeleteAsync(ct);
    }

    /// <summary>Writes a changed submission durably and, when asked to, tells of it in the event log.</summary>
    public Task SaveAsync(SubmissionRecord submission, bool tell, CancellationToken ct) =>
        log.AppendAsync(submission.Account, tell ? [StateOf(submission)] : [], Writing(submission), ct);

    /// <summary>The same, in no hurry: the hand-over of the next mail takes it along.</summary>
    public Task SaveSoonAsync(SubmissionRecord submission, CancellationToken ct) =>
        log.AppendSoonAsync(submission.Account, [StateOf(submission)], Writing(submission), ct);

    /// <summary>Writes it over the version it was read as, and over no other.</summary>
    private static Func<GatewayDb, CancellationToken, Task> Writing(SubmissionRecord submission)
    {
        var known = submission.Version++;
        return (db, ct) => UpdateAsync(db, submission, known, ct);
    }

    private static async Task UpdateAsync(GatewayDb db, SubmissionRecord submission, int known, CancellationToken ct)
    {
        await db.Rows.UpdateAsync(submission, ct, known);
        if (submission.State != SubmissionState.Sending) // they change at its end
        {
            foreach (var recipient in submission.Recipients) { await db.Rows.UpdateAsync(recipient, ct); }
        }

        if (submission.AttemptLog.MaxBy(a => a.Number) is { } latest) { await (latest.IsNew ? db.Rows.InsertAsync(latest, ct) : db.Rows.UpdateAsync(latest, ct)); }

        // What failed may be tried again, for a while.
        var done = submission is { DueAt: null, FilingDueAt: null, State: SubmissionState.Sent or SubmissionState.Canceled };
        if (done) { await db.Rows.DeleteAsync<SubmissionMimeRecord>(submission.Id, ct); }
    }

    private static async Task ReplaceMimeAsync(GatewayDb db, SubmissionRecord submission, byte[] box, CancellationToken ct)
    {
        await db.SubmissionMimes.Where(m => m.SubmissionId == submission.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.SealedMime, box), ct);
        await db.Set<RecipientRecord>().Where(r => r.SubmissionId == submission.Id).ExecuteDeleteAsync(ct);
        foreach (var recipient in submission.Recipients) { await db.Rows.InsertAsync(recipient, ct); }
    }

    /// <summary>The mail as it is stored.</summary>
    public async Task<byte[]> SealAsync(AccountId account, MimeMessage message, CancellationToken ct)
    {
        using var mime = new MemoryStream();
        await message.WriteToAsync(mime, ct);
        return vault.Seal(account, MimePurpose, mime.ToArray());
    }

    private static Task<List<SubmissionRecord>> FirstAsync(IQueryable<SubmissionRecord> due, CancellationToken ct) =>
        due.OrderBy(s => s.Id).Take(BatchSize).Include(s => s.Recipients).AsSingleQuery().ToListAsync(ct);

    private NewEvent StateOf(SubmissionRecord submission)
    {
        var now = clock.GetUtcNow();
        return new(EventTypes.SubmissionState, Submission.From(submission), now, now);
    }

    private static IQueryable<SubmissionRecord> All(GatewayDb db) =>
        db.Submissions.AsNoTracking().Include(s => s.Recipients).Include(s => s.AttemptLog).AsSplitQuery();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
