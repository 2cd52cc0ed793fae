using Gateway.Mail;
using Gateway.Mail.Watching;
using Gateway.Storage;
using MailKit;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Reports;

/// <summary>Which arrivals are worth opening: those that look like a report, and those that answer a mail of ours.</summary>
internal sealed class ReportCandidates(IDbContextFactory<GatewayDb> store, TimeProvider clock)
{
    private TaskCompletionSource _added = New();

    /// <summary>Completes when there may be something to open.</summary>
    public Task AddedAsync() => Volatile.Read(ref _added).Task;

    public void Wake() => Interlocked.Exchange(ref _added, New()).TrySetResult();

    /// <summary>In the inbox alone: elsewhere it has been before.</summary>
    public async Task<IReadOnlyList<ReportRecord>> OfAsync(MessagesCreated created, Func<uint, MessageKey> keys, CancellationToken ct)
    {
        if (!created.Path.Equals("INBOX", StringComparison.OrdinalIgnoreCase)) { return []; }

        var answers = created.Messages.Select(AnswerTo).OfType<string>().Distinct().ToList();
        var ours = answers.Count == 0 ? [] : await OursAsync(created.Account, answers, ct);
        var now = clock.GetUtcNow();
        return [.. created.Messages.Where(m => IsLikeReport(m) || (AnswerTo(m) is { } id && ours.Contains(id)))
            .Select(m => new ReportRecord { Account = created.Account, MessageId = keys(m.UniqueId.Id).ToString(), DueAt = now })];
    }

    private async Task<HashSet<string>> OursAsync(AccountId account, List<string> ids, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return [.. await db.Submissions.Where(s => s.Account == account && ids.Contains(s.MessageIdHeader)).Select(s => s.MessageIdHeader).ToListAsync(ct)];
    }

    private static string? AnswerTo(IMessageSummary message) => message.Envelope?.InReplyTo?.Trim().Trim('<', '>');

    private static bool IsLikeReport(IMessageSummary message) =>
        message.Body?.ContentType is { } type && type.IsMimeType("multipart", "report")
        || message.Envelope?.From.Mailboxes.Any(m => OldBounce.IsDaemon(m.Address, m.Name)) == true;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
