using Gateway.Mail;

namespace Gateway.Features.Messages;

/// <summary>The data of a <c>message.updated</c> event: the flags and keywords as they are now.</summary>
/// <param name="Flags">Its system flags.</param>
/// <param name="Keywords">Its user flags.</param>
public sealed record MessageFlagsState(MessageKey Id, MailboxId MailboxId, IReadOnlyList<MessageFlag> Flags, IReadOnlyList<string> Keywords);
