using System.Text;
using MailKit;

namespace Gateway.Mail.Watching;

/// <summary>The flags and keywords a message has now.</summary>
public readonly record struct MessageState(uint Uid, MessageFlags Flags, IReadOnlyList<string> Keywords)
{
    private const uint FlagBits = (uint)(MessageFlags.Seen | MessageFlags.Answered | MessageFlags.Flagged | MessageFlags.Deleted | MessageFlags.Draft);
    private const uint KeywordBits = ~0xFFu;

    /// <summary>Flags and keywords in one number, to be compared: a bit for each flag, and FNV-1a of the sorted keywords.</summary>
    public uint Mark => ((uint)Flags & FlagBits) | (Keywords.Count == 0 ? 0 : Hash(string.Join(' ', Keywords.Order(StringComparer.Ordinal))) & KeywordBits);

    public static MessageState Of(IMessageSummary message) => new(
        message.UniqueId.Id, message.Flags ?? MessageFlags.None, message.Keywords.Any() ? [.. message.Keywords] : []);

    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(text)) { hash = (hash ^ octet) * 16777619; }

        return hash;
    }
}
