using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Mail.Imap;

namespace Gateway.Features.Threads;

/// <summary>Does one thing to every message of a conversation.</summary>
internal sealed class ThreadWriting(ThreadIndex index, MessageLocator locator, BatchSelection selection, BatchWriting writing)
{
    /// <param name="without">Mailboxes whose messages are left alone.</param>
    /// <returns>Null when there is no such conversation.</returns>
    public async Task<BatchAnswer?> ApplyAsync(
        AccountId account, ThreadId thread, BatchAction action, MailboxPlace? target, IReadOnlySet<MailboxId> without, CancellationToken ct)
    {
        var places = (await index.ReadAsync(account, ct)).MessagesOf(thread.Number);
        if (places.Count == 0) { return null; }

        List<MessageKey> ids = [];
        foreach (var mailbox in places.Where(place => !without.Contains(place.Mailbox)).GroupBy(place => place.Mailbox))
        {
            var keys = await locator.KeysAsync(account, mailbox.Key, ct);
            ids.AddRange(mailbox.Select(place => keys(place.Uid)));
        }

        List<BatchResult> results = [];
        foreach (var (place, messages) in await selection.OfAsync(account, ids, ct))
        {
            results.AddRange(await writing.ApplyAsync(account, place, messages, action, target, Lane.Interactive, ct));
        }

        return new(results);
    }
}
