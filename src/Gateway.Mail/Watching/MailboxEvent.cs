namespace Gateway.Mail.Watching;

/// <summary>Something happened in a watched mailbox.</summary>
/// <param name="DetectedAt">When the server told us.</param>
public abstract record MailboxEvent(AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt)
{
    /// <summary>What of it was not told yet; null when all of it was.</summary>
    public abstract MailboxEvent? Untold(MailboxSnapshot told);

    /// <summary>What is told of the mailbox once this is.</summary>
    public abstract MailboxSnapshot After(MailboxSnapshot told);
}
