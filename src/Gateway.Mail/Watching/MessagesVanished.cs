namespace Gateway.Mail.Watching;

/// <summary>Messages were expunged or moved away.</summary>
public sealed record MessagesVanished(
    AccountId Account, string Path, uint UidValidity, DateTimeOffset DetectedAt, IReadOnlyList<uint> Uids)
    : MailboxEvent(Account, Path, UidValidity, DetectedAt);
