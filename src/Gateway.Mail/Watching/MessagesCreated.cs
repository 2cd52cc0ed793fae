using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>Messages arrived, oldest first, with what <see cref="ListItems.Summary"/> names.</summary>
public sealed record MessagesCreated(
    AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt, IReadOnlyList<IMessageSummary> Messages)
    : MailboxEvent(Account, Path, UidValidity, DetectedAt);
