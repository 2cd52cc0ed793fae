using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>The flags and keywords a message has now.</summary>
public readonly record struct MessageState(uint Uid, MessageFlags Flags, IReadOnlyList<string> Keywords)
{
    public static MessageState Of(IMessageSummary message) => new(
        message.UniqueId.Id, message.Flags ?? MessageFlags.None, message.Keywords.Any() ? [.. message.Keywords] : []);
}
