namespace Gateway.Mail.Watching;

/// <summary>The mailbox was made anew: UIDs of before mean nothing. <see cref="MailboxEvent.UidValidity"/> is the new value.</summary>
public sealed record MailboxReset(AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt)
    : MailboxEvent(Account, Path, UidValidity, DetectedAt);
