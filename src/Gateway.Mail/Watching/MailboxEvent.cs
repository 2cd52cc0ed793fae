namespace Gateway.Mail.Watching;

/// <summary>Something happened in a watched mailbox.</summary>
/// <param name="DetectedAt">When the server told us.</param>
public abstract record MailboxEvent(AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt);
