using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;

namespace Gateway.Features.Threads;

/// <summary>Lists a mailbox by conversation: of each the newest message that is in it, and what the conversation is.</summary>
internal sealed class CollapsedListing(ThreadListing threads, ThreadReading reading, MessageRows rows)
{
    public async Task<Page<MessageRow>> ReadAsync(
        AccountId account, MailboxId mailbox, MailboxPlace at, MessageFilter filter, ListCursor? after, int offset, int limit, CancellationToken ct)
    {
        var piece = await threads.ReadAsync(account, mailbox, at, filter, after, offset, limit, known: false, ct);
        var newest = (await rows.NowAsync(account, mailbox, at, [.. piece.Threads.Select(m => m.Uid)], ct)).ToDictionary(m => m.Uid, m => m.Row);
        var several = piece.Threads.Select(m => m.Thread).OfType<ThreadId>().Where(thread => piece.Groups.MessagesOf(thread.Number).Count > 1).ToList();
        var summaries = (await reading.ReadAsync(account, piece.Groups, several, ct)).ToDictionary(t => t.Id, t => ThreadSummary.Of(t, mailbox));
        return new([.. piece.Threads.Where(m => newest.ContainsKey(m.Uid)).Select(m => newest[m.Uid] with
        {
            ThreadId = m.Thread?.ToString(), Thread = m.Thread is { } thread ? summaries.GetValueOrDefault(thread.ToString()) : null,
        })], piece.Next?.ToString(), piece.Total);
    }
}
