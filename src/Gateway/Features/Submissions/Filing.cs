using System.Security.Cryptography;
using Gateway.Features.Drafts;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Storage;
using MailKit;
using MailKit.Search;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Submissions;

/// <summary>After the sending: a copy into Sent, the flag on the original, the draft away. Done later when IMAP is down, and once.</summary>
internal sealed partial class Filing(
    Outbox outbox, ImapPool pool, MailboxTree tree, MailboxNumbers numbers, MessageLocator locator, DraftPlaces drafts,
    IOptions<OutboxOptions> options, TimeProvider clock, ILogger<Filing> logger)
{
    public async Task FileAsync(SubmissionRecord submission, CancellationToken ct)
    {
        submission.FilingTries++;
        await outbox.SaveAsync(submission, tell: false, ct);
        try
        {
            if (submission.SaveToSent) { await SaveCopyAsync(submission, ct); }

            if (MessageKey.TryParse(submission.InReplyTo, null, out var answered)) { await FlagAsync(submission.Account, answered, MessageFlags.Answered, [], ct); }

            if (MessageKey.TryParse(submission.Forwards, null, out var forwarded)) { await FlagAsync(submission.Account, forwarded, MessageFlags.None, [Flags.Forwarded], ct); }

            if (MessageKey.TryParse(submission.DraftId, null, out var draft)) { await drafts.DiscardAsync(submission.Account, draft, Lane.Background, ct); }

            submission.FilingDueAt = null;
        }
        catch (Exception error) when (!(error is OperationCanceledException && ct.IsCancellationRequested))
        {
            if (error is not MailException) { Log.FilingFailed(logger, error, submission.Account, submission.Id); } // the engine tells its own
            var now = clock.GetUtcNow();
            var lost = error is MailException { Fault: MailFault.NotConfigured or MailFault.AccountGone } or CryptographicException or FormatException
                || now - (submission.TriedFrom ?? submission.CreatedAt) >= options.Value.GiveUpAfter;
            submission.FilingDueAt = lost ? null : now + options.Value.WaitAfter(submission.FilingTries);
        }

        await outbox.SaveAsync(submission, tell: true, CancellationToken.None);
    }

    /// <summary>Whether a copy in Sent proves that the mail went out, where the provider files one itself. An unreachable server proves nothing.</summary>
    public async Task<bool> IsInSentAsync(SubmissionRecord submission, CancellationToken ct)
    {
        // A copy of our own, from when other recipients were accepted, proves nothing for those still waiting.
        if (submission is { SaveToSent: true, FilingTries: > 0 }) { return false; }

        try
        {
            return await tree.FindAsync(submission.Account, MailboxRole.Sent, Lane.Background, ct) is { } sent
                && await FindAsync(submission, sent.Path, ct) is not null;
        }
        catch (MailException) { return false; }
    }

    private async Task SaveCopyAsync(SubmissionRecord submission, CancellationToken ct)
    {
        var sent = await tree.EnsureAsync(submission.Account, MailboxRole.Sent, Lane.Background, ct);
        // An earlier try may have got as far as the APPEND without hearing of it.
        var uid = submission.FilingTries > 1 ? await FindAsync(submission, sent.Path, ct) : null;
        uid ??= await AppendAsync(submission, sent.Path, ct) ?? await FindAsync(submission, sent.Path, ct);
        if (uid is not { } at) { return; }

        submission.SentMessageId = new MessageKey(await numbers.NumberAsync(submission.Account, sent.Path, at.Validity, ct), at.Id).ToString();
    }

    /// <summary>APPENDUID (RFC 4315) tells where it went; null without it.</summary>
    private async Task<UniqueId?> AppendAsync(SubmissionRecord submission, string path, CancellationToken ct)
    {
        using var message = await outbox.OpenMimeAsync(submission, ct);
        return await pool.RunOnceAsync(submission.Account, null, FolderAccess.ReadWrite, Lane.Background, async lease =>
        {
            var folder = await lease.Store.GetFolderAsync(path, lease.CommandToken);
            lease.HasWritten(path);
            return await folder.AppendAsync(new AppendRequest(message, MessageFlags.Seen), lease.CommandToken);
        }, ct);
    }

    private Task<UniqueId?> FindAsync(SubmissionRecord submission, string path, CancellationToken ct) =>
        pool.RunAsync(submission.Account, path, FolderAccess.ReadOnly, Lane.Background, async lease =>
        {
            var found = await lease.Folder.SearchAsync(SearchQuery.HeaderContains("Message-Id", submission.MessageIdHeader), lease.CommandToken);
            return found.Count == 0 ? (UniqueId?)null : new UniqueId(lease.UidValidity, found.Max(u => u.Id));
        }, ct);

    private async Task FlagAsync(AccountId account, MessageKey message, MessageFlags flags, HashSet<string> keywords, CancellationToken ct)
    {
        if (await locator.FindAsync(account, message, ct) is not { } at) { return; }

        try
        {
            await pool.RunAsync(account, at.Path, FolderAccess.ReadWrite, Lane.Background, async lease =>
            {
                await lease.Folder.AddFlagsAsync(lease.Uid(at), flags, keywords, silent: true, lease.CommandToken);
                return true;
            }, ct);
        }
        catch (MailException gone) when (gone.Fault is MailFault.MessageGone or MailFault.MailboxGone)
        {
            // Deleted since: there is nothing to flag.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Could not file the copy of a mail of account {Account}, submission {Submission}")]
        public static partial void FilingFailed(ILogger logger, Exception error, AccountId account, Guid submission);
    }
}
