using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Threads;

/// <summary>Reads the messages of conversations, from each mailbox at once.</summary>
internal sealed class ThreadReading(MessageRows rows, MailboxNumbers numbers, IOptions<ImapPoolOptions> sessions)
{
    /// <summary>One conversation; null when none of its messages is there any more.</summary>
    public async Task<MailThread?> ReadAsync(AccountId account, ThreadGroups groups, ThreadId thread, CancellationToken ct) =>
        await ReadAsync(account, groups, [thread], ct) is [var one] ? one : null;

    /// <summary>Conversations in the order given; those that are gone are left out.</summary>
    public async Task<IReadOnlyList<MailThread>> ReadAsync(AccountId account, ThreadGroups groups, IReadOnlyList<ThreadId> threads, CancellationToken ct)
    {
        var members = threads.ToDictionary(t => t, t => groups.MessagesOf(t.Number));
        var found = new System.Collections.Concurrent.ConcurrentDictionary<MessageKey, MessageRow>();
        var byMailbox = members.Values.SelectMany(m => m.TakeLast(MailThread.MaxMessages)).GroupBy(place => place.Mailbox).ToList();
        var together = new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Math.Max(1, sessions.Value.MaxSessionsPerAccount - 1) };
        await Parallel.ForEachAsync(byMailbox, together, async (mailbox, stop) =>
        {
            if (await numbers.FindAsync(account, mailbox.Key, stop) is not { } at) { return; }

            try
            {
                foreach (var (uid, row) in await rows.NowAsync(account, mailbox.Key, at, [.. mailbox.Select(place => place.Uid)], stop)) { found[new(mailbox.Key, uid)] = row; }
            }
            catch (MailException gone) when (gone.Fault == MailFault.MailboxGone) { } // deleted since the index was read
        });
        var read = new List<MailThread>();
        foreach (var (thread, places) in members)
        {
            var messages = places.Where(found.ContainsKey).Select(place => found[place] with { ThreadId = thread.ToString() }).ToList();
            if (messages.Count > 0) { read.Add(MailThread.Of(thread, places.Count, messages)); }
        }

        return read;
    }
}
