using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;

namespace Gateway.Features.Threads;

/// <summary>Lists a mailbox by conversation: of each the newest message that is in it.</summary>
internal sealed class CollapsedListing(ThreadListing threads, MessageRows rows)
{
    public async Task<Page<MessageRow>> ReadAsync(AccountId account, MailboxId mailbox, MailboxPlace at, MessageFilter filter, ListCursor? after, int limit, CancellationToken ct)
    {
        var piece = await threads.ReadAsync(account, mailbox, at, filter, after, limit, ct);
        var newest = (await rows.NowAsync(account, mailbox, at, [.. piece.Threads.Select(m => m.Uid)], ct)).ToDictionary(m => m.Uid, m => m.Row);
        return new([.. piece.Threads.Where(m => newest.ContainsKey(m.Uid)).Select(m => newest[m.Uid] with { ThreadId = m.Thread.ToString() })], piece.Next?.ToString(), piece.Total);
    }
}
