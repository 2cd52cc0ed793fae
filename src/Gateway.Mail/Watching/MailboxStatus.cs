namespace Gateway.Mail.Watching;

/// <summary>What STATUS tells of a mailbox. While it stays the same, so does the mailbox, as far as the server lets anybody know.</summary>
internal readonly record struct MailboxStatus(uint UidValidity, uint UidNext, ulong ModSeq, int Count, int Unread)
{
    /// <summary>It appeared while the account was watched: all that it holds is news.</summary>
    public bool IsNew { get; init; }

    /// <summary>It was there under another UIDVALIDITY.</summary>
    public bool IsAnew { get; init; }
}
