using Gateway.Mail;
using Gateway.Mail.Watching;

namespace Gateway.Features.Mailboxes;

/// <summary>The data of a <c>mailbox.counts</c> event: how many messages a mailbox holds after something has happened in it.</summary>
/// <param name="Total">Messages in it.</param>
/// <param name="Unread">Messages in it that are not seen.</param>
/// <param name="ListAgain">More has happened than the events before tell one by one (over 1,000 messages while nobody watched, or the mailbox was made anew): list it again, or ask for <c>changes</c>.</param>
public sealed record MailboxCounts(MailboxId MailboxId, int Total, int Unread, bool ListAgain)
{
    /// <summary>What is to be told once <paramref name="then"/> is told of the mailbox instead of <paramref name="told"/>; null when the counts are the same.</summary>
    internal static MailboxCounts? Of(MailboxId mailbox, MailboxSnapshot told, MailboxSnapshot then) =>
        (told.Uids.Count, told.Unread) == (then.Uids.Count, then.Unread) ? null : new(mailbox, then.Uids.Count, then.Unread, ListAgain: false);
}
