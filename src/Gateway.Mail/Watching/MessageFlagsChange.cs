using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>The flags and keywords a message has now.</summary>
public readonly record struct MessageFlagsChange(uint Uid, MessageFlags Flags, IReadOnlyList<string> Keywords);
