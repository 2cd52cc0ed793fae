namespace Gateway.Mail.Watching;

/// <summary>How many messages a mailbox holds after what was told of it.</summary>
/// <param name="Now">All that it holds.</param>
/// <param name="IsIncomplete">More has happened than was told one by one: whoever knows the mailbox lists it again.</param>
public sealed record MailboxCounted(
    AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt, MailboxSnapshot Now, bool IsIncomplete)
    : MailboxEvent(Account, Path, UidValidity, DetectedAt)
{
    public override MailboxEvent Untold(MailboxSnapshot told) => this;

    public override MailboxSnapshot After(MailboxSnapshot told) =>
        IsIncomplete ? Now : told with { UidNext = Now.UidNext, ModSeq = Now.ModSeq, Count = Now.Count };
}
