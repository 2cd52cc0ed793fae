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

    /// <summary>What of it was told already, with other flags than it has: a message that was flagged while it moved. Null when there is none.</summary>
    public FlagsChanged? Late(MailboxSnapshot told) =>
        Messages.Select(MessageState.Of).Where(m => told.Find(m.Uid) is { } mark && mark != m.Mark).ToList() is { Count: > 0 } late
            ? new(Account, Path, UidValidity, DetectedAt, late)
            : null;
}
