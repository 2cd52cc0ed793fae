namespace Gateway.Features.Mailboxes;

/// <summary>What a mailbox number stands for: a path, as long as it has this UIDVALIDITY.</summary>
internal readonly record struct MailboxPlace(string Path, uint UidValidity);
