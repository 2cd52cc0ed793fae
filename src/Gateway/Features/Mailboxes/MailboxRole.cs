namespace Gateway.Features.Mailboxes;

/// <summary>INBOX, or a SPECIAL-USE attribute (RFC 6154).</summary>
public enum MailboxRole
{
    Inbox,
    Drafts,
    Sent,
    Archive,
    Junk,
    Trash,
    All,
    Flagged,
}
