using Gateway.Features.Events;
using Gateway.Features.Messages;
using Gateway.Features.Submissions;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using Gateway.Storage;
using MailKit;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Gateway.Features.Reports;

/// <summary>Opens what looks like a report and writes what it says to the submission it is about.</summary>
internal sealed partial class ReportWorker(
    ReportCandidates candidates, IDbContextFactory<GatewayDb> store, Outbox outbox, EventLog log, ImapPool pool, MessageLocator locator, MessageRows rows, TimeProvider clock, ILogger<ReportWorker> logger)
    : BackgroundService
{
    /// <summary>Enough for the report and the header of what it is about.</summary>
    private const int MaxBytes = 256 * 1024;

    private const int ParallelAccounts = 4;
    private const int BatchSize = 100;
    private const int MaxTries = 10;
    private const int MaxReports = 200;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhileSending = TimeSpan.FromSeconds(5);
    private static readonly ParserOptions Bounded = new() { MaxMimeDepth = RenderingLimits.PartDepth };

    /// <summary>What the wall clock said at the last look. Before the first it may have been set back as well.</summary>
    private DateTimeOffset _looked = DateTimeOffset.MaxValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var added = candidates.AddedAsync(); // taken before the look, so that nothing falls between the two
            var wait = AfterFailure;
            try { wait = await OpenDueAsync(stoppingToken); }
            catch (Exception error) when (error is not OperationCanceledException) { Log.Failed(logger, error, default); } // an escaping exception would stop the host
            catch (OperationCanceledException) { return; }

            await added.WaitAsync(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells how long there is nothing else to do.</summary>
    private async Task<TimeSpan> OpenDueAsync(CancellationToken ct)
    {
        while (true)
        {
            await using var db = await store.CreateDbContextAsync(ct);
            var now = clock.GetUtcNow();
            if (now < _looked) { await ShortenWaitsAsync(db, now, ct); }

            _looked = now;
            var due = await db.Reports.AsNoTracking().Where(r => r.DueAt <= now).OrderBy(r => r.DueAt).Take(BatchSize).ToListAsync(ct);
            if (due.Count == 0)
            {
                var next = await db.Reports.MinAsync(r => (DateTimeOffset?)r.DueAt, ct) - now;
                return next < LongestWait ? next.Value : LongestWait;
            }

            await Parallel.ForEachAsync(due.GroupBy(r => r.Account), new ParallelOptions { MaxDegreeOfParallelism = ParallelAccounts, CancellationToken = ct }, async (ofAccount, token) =>
            {
                foreach (var report in ofAccount) { await OpenAsync(report, token); }
            });
        }
    }

    /// <summary>Due times are of the wall clock: where it was set back, nothing waits from now on for longer than it would have at first.</summary>
    private static async Task ShortenWaitsAsync(GatewayDb db, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var report in await db.Reports.Where(r => r.DueAt > now).ToListAsync(ct))
        {
            if (now + WaitAfter(report.Tries) is var latest && latest < report.DueAt) { report.DueAt = latest; }
        }

        await db.SaveChangesAsync(ct);
    }

    private static TimeSpan WaitAfter(int tries) => tries == 0 ? WhileSending : AfterFailure * (1 << (tries - 1));

    private async Task OpenAsync(ReportRecord report, CancellationToken ct)
    {
        try
        {
            if (!await IsToldAsync(report, ct)) { await LaterAsync(report, WhileSending, report.Tries, ct); }
        }
        catch (MailException gone) when (gone.Fault is MailFault.MessageGone or MailFault.MailboxGone or MailFault.AccountGone or MailFault.NotConfigured) { await ForgetAsync(report, ct); }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Log.Failed(logger, error, report.Account);
            if (report.Tries + 1 >= MaxTries) { await ForgetAsync(report, ct); }
            else { await LaterAsync(report, WaitAfter(report.Tries + 1), report.Tries + 1, ct); }
        }
    }

    /// <summary>False while the submission is in other hands.</summary>
    private async Task<bool> IsToldAsync(ReportRecord report, CancellationToken ct)
    {
        if (!MessageKey.TryParse(report.MessageId, null, out var message) || await locator.FindAsync(report.Account, message, ct) is not { } at)
        {
            await ForgetAsync(report, ct);
            return true;
        }

        var row = await rows.ReadAsync(report.Account, at, ct);
        if (await ReadAsync(report.Account, at, ct) is not { } read)
        {
            await ForgetAsync(report, ct);
            return true;
        }

        var submission = await FindAsync(report.Account, read.About, ct);
        var told = new MailReport(read.Kind, row.Id, row.MailboxId, row.ReceivedAt, submission?.Id.ToString("N"), submission?.MessageIdHeader ?? (read.About is [var first, ..] ? first : null), read.Recipients, read.Detail);
        var happened = new NewEvent(EventTypes.OfReport(told.Kind), told, told.ReceivedAt, clock.GetUtcNow());
        if (submission is null)
        {
            await log.AppendAsync(report.Account, [happened], (db, saving) => RemoveAsync(db, report, saving), ct);
            return true;
        }

        var (found, changed) = await outbox.ChangeAsync(report.Account, submission.Id, s => Take(s, told), rewritten: null, ct, happened, (db, saving) => RemoveAsync(db, report, saving));
        if (found is null) { return await IsToldAsync(report, ct); } // forgotten meanwhile

        return changed;
    }

    /// <summary>False while an attempt or the filing is under way: whoever does that writes the submission at its end.</summary>
    private static bool Take(SubmissionRecord submission, MailReport report)
    {
        if (submission.State == SubmissionState.Sending || submission.FilingDueAt is not null) { return false; }

        var reports = Submission.ReportsOf(submission);
        if (reports.Count >= MaxReports) { return true; }

        // A report without an address can only be about the one who was written to.
        if (report.Recipients.Count == 1 && submission.Recipients is [var only]) { report = report with { Recipients = [report.Recipients[0] with { Address = only.Address }] }; }

        submission.Reports = Submission.Json([.. reports, report]);
        if (report.Kind != ReportKind.Bounce) { return true; }

        foreach (var bounced in report.Recipients.Where(r => r.Class is not null))
        {
            var recipient = submission.Recipients.Find(r => r.Address.Equals(bounced.Address, StringComparison.OrdinalIgnoreCase));
            if (recipient is { State: RecipientState.Accepted or RecipientState.Unknown })
            {
                (recipient.State, recipient.Reply) = (RecipientState.Bounced, bounced.Diagnostic ?? bounced.Status ?? recipient.Reply);
            }
        }

        if (submission.State is SubmissionState.Unknown) { submission.State = SubmissionOutcomes.Of(submission); }

        return true;
    }

    private async Task<ReadReport?> ReadAsync(AccountId account, MessageLocation at, CancellationToken ct)
    {
        var bytes = await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Background, lease => FetchedPart.ReadAsync(lease, lease.Uid(at), "", MaxBytes), ct);
        using var message = Parse(bytes);
        return message is null ? null : ReportReading.Read(message);
    }

    private static MimeMessage? Parse(byte[] bytes)
    {
        try { return MimeMessage.Load(Bounded, new MemoryStream(bytes, writable: false), persistent: true); }
        catch (FormatException) { return null; }
    }

    private async Task<SubmissionRecord?> FindAsync(AccountId account, IReadOnlyList<string> ids, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        foreach (var id in ids)
        {
            if (await db.Submissions.AsNoTracking().FirstOrDefaultAsync(s => s.Account == account && s.MessageIdHeader == id, ct) is { } found) { return found; }
        }

        return null;
    }

    private async Task LaterAsync(ReportRecord report, TimeSpan wait, int tries, CancellationToken ct)
    {
        var due = clock.GetUtcNow() + wait;
        await using var db = await store.CreateDbContextAsync(ct);
        await db.Reports.Where(r => r.Account == report.Account && r.MessageId == report.MessageId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, due).SetProperty(r => r.Tries, tries), ct);
    }

    private async Task ForgetAsync(ReportRecord report, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await RemoveAsync(db, report, ct);
    }

    private static Task<int> RemoveAsync(GatewayDb db, ReportRecord report, CancellationToken ct) =>
        db.Reports.Where(r => r.Account == report.Account && r.MessageId == report.MessageId).ExecuteDeleteAsync(ct);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A report could not be read for account {Account}")]
        public static partial void Failed(ILogger logger, Exception error, AccountId account);
    }
}
