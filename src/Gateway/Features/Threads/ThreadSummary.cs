using Gateway.Mail;
using Gateway.Rendering;

namespace Gateway.Features.Threads;

/// <summary>A conversation as a list of messages shows it beside the newest of them.</summary>
/// <param name="Total">How many messages it has, in all mailboxes.</param>
/// <param name="Unread">How many of them are not seen.</param>
/// <param name="Participants">Who wrote in it, in the order they first did; the first 20.</param>
/// <param name="Here">Those of its messages that are in the mailbox listed, oldest first.</param>
public sealed record ThreadSummary(int Total, int Unread, IReadOnlyList<Address> Participants, IReadOnlyList<MessageKey> Here)
{
    internal static ThreadSummary Of(MailThread thread, MailboxId listed) => new(
        thread.Total, thread.Unread, thread.Participants, [.. thread.Messages.Where(m => m.MailboxId == listed).Select(m => m.Id)]);
}
