namespace Gateway.Mail.Watching;

/// <summary>Flags or keywords of messages changed.</summary>
public sealed record FlagsChanged(
    AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt, IReadOnlyList<MessageState> Changes)
    : MailboxEvent(Account, Path, UidValidity, DetectedAt);
