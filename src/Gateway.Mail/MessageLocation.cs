namespace Gateway.Mail;

/// <summary>Where a message is now: mailbox path, UIDVALIDITY and UID. Internal and perishable; never shown to a client.</summary>
public readonly record struct MessageLocation(string Path, uint UidValidity, uint Uid);
