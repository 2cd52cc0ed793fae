namespace Gateway.Mail.Watching;

/// <summary>Messages were expunged or moved away.</summary>
public sealed record MessagesVanished(
    AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt, IReadOnlyList<uint> Uids)
    : MailboxEvent(Account, Path, UidValidity, DetectedAt)
{
    public override MailboxEvent? Untold(MailboxSnapshot told) =>
        Uids.Where(uid => told.Find(uid) is not null).ToList() is { Count: > 0 } untold ? this with { Uids = untold } : null;

    public override MailboxSnapshot After(MailboxSnapshot told) => told.Without(Uids);
}
