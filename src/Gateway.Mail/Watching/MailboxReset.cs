namespace Gateway.Mail.Watching;

/// <summary>The mailbox was made anew: UIDs of before mean nothing. <see cref="MailboxEvent.UidValidity"/> is the new value.</summary>
/// <param name="Now">What it holds: nothing of it is told one by one.</param>
public sealed record MailboxReset(AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt, MailboxSnapshot Now)
    : MailboxEvent(Account, Path, UidValidity, DetectedAt)
{
    public override MailboxEvent? Untold(MailboxSnapshot told) => this;

    public override MailboxSnapshot After(MailboxSnapshot told) => Now;
}
