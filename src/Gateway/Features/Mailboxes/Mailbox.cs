using Gateway.Mail;

namespace Gateway.Features.Mailboxes;

/// <summary>A mailbox of an account, with its counts.</summary>
/// <param name="Name">The last part of the path, as a person reads it.</param>
/// <param name="Path">The server's name for it, with its delimiters.</param>
/// <param name="Role">What it is for: as its user chose, else where the server or its name says so.</param>
/// <param name="Total">Messages in it; 0 when it cannot be selected.</param>
/// <param name="Unread">Messages in it that are not seen; 0 when it cannot be selected.</param>
/// <param name="Subscribed">IMAP's flag by which mail programs choose what to show.</param>
/// <param name="Selectable">False for a mere branch of the tree.</param>
/// <param name="Rights">What the account may do with it; told of a single mailbox, where the server tells.</param>
public sealed record Mailbox(
    MailboxId Id, string Name, string Path, MailboxId? ParentId, MailboxRole? Role, int Total, int Unread, bool Subscribed, bool Selectable,
    IReadOnlyList<MailboxRight>? Rights = null)
{
    /// <summary>INBOX is one name in any spelling (RFC 9051 section 5.1), the others are what they are.</summary>
    internal bool IsNamed(string name) => Name == name || (ParentId is null && Role == MailboxRole.Inbox && name.Equals("INBOX", StringComparison.OrdinalIgnoreCase));
}
