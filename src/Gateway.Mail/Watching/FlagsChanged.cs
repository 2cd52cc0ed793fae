namespace Gateway.Mail.Watching;

/// <summary>Flags or keywords of messages changed.</summary>
public sealed record FlagsChanged(
    AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt, IReadOnlyList<MessageState> Changes)
    : MailboxEvent(Account, Path, UidValidity, DetectedAt)
{
    public override MailboxEvent? Untold(MailboxSnapshot told) =>
        Changes.Where(c => told.Find(c.Uid) is { } mark && mark != c.Mark).ToList() is { Count: > 0 } untold ? this with { Changes = untold } : null;

    public override MailboxSnapshot After(MailboxSnapshot told) => told.With(Changes);
}
