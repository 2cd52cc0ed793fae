using Gateway.Mail;

namespace Gateway.Features.Messages;

/// <summary>The data of a <c>message.deleted</c> event: gone from this mailbox. A moved message is created in another with the same id.</summary>
public sealed record MessageRemoval(MessageKey Id, MailboxId MailboxId);
