using Gateway.Mail;

namespace Gateway.Features.Messages;

/// <summary>A message by the key its callers know, and its UID in the mailbox at hand.</summary>
internal readonly record struct PlacedMessage(MessageKey Key, uint Uid);
