using Gateway.Mail.Faults;
using Gateway.Mail.Imap;

namespace Gateway.Features.Mailboxes;

/// <summary>What a mailbox number stands for: a path, as long as it has this UIDVALIDITY.</summary>
internal readonly record struct MailboxPlace(string Path, uint UidValidity)
{
    /// <exception cref="MailException">The leased mailbox is another one by now.</exception>
    public void ThrowIfMadeAnew(MailboxLease lease)
    {
        if (lease.UidValidity != UidValidity) { throw new MailException(MailFault.MailboxGone, "The mailbox was made anew; list the mailboxes again."); }
    }
}
