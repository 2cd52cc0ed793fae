using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>Messages arrived, oldest first, with what <see cref="ListItems.Summary"/> names; without envelope and structure where a server's description of one of them could not be read.</summary>
public sealed record MessagesCreated(
    AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt, IReadOnlyList<IMessageSummary> Messages)
    : MailboxEvent(Account, Path, UidValidity, DetectedAt)
{
    public override MailboxEvent? Untold(MailboxSnapshot told) =>
        Messages.Where(m => told.Find(m.UniqueId.Id) is null).ToList() is { Count: > 0 } untold ? this with { Messages = untold } : null;

    public override MailboxSnapshot After(MailboxSnapshot told) => told.With(Messages.Select(MessageState.Of));
}
