namespace Gateway.Mail.Imap;

/// <summary>How much a leased session must know of its mailbox.</summary>
public enum Freshness
{
    /// <summary>All that the server knows: a NOOP is sent where the mailbox was selected before.</summary>
    OfNow,

    /// <summary>What it knew at its last command. Enough for what a UID names, since that never changes; <see cref="MailboxLease.RefreshAsync"/> brings the rest.</summary>
    AsLeft,
}
