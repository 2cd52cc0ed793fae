using Gateway.Mail;

namespace Gateway.Features.Mailboxes;

/// <summary>The data of a <c>mailbox.counts</c> event: how many messages a mailbox holds after something has happened in it.</summary>
/// <param name="Total">Messages in it.</param>
/// <param name="Unread">Messages in it that are not seen.</param>
/// <param name="ListAgain">More has happened than the events before tell one by one (over 1,000 messages while nobody watched, or the mailbox was made anew): list it again, or ask for <c>changes</c>.</param>
public sealed record MailboxCounts(MailboxId MailboxId, int Total, int Unread, bool ListAgain);
