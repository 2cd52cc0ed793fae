using Gateway.Mail;

namespace Gateway.Features.Messages;

/// <summary>The data of a <c>message.deleted</c> event: gone from this mailbox. One that another program has moved may be created in another mailbox, under another id.</summary>
public sealed record MessageRemoval(MessageKey Id, MailboxId MailboxId);
