using MailKit;

namespace Gateway.Features.Messages;

/// <summary>Turns IMAP flags and keywords into wire flags and keywords, and back.</summary>
internal static class Flags
{
    public const string Forwarded = "$Forwarded";

    private static readonly (MessageFlags Imap, MessageFlag Wire)[] SystemFlags =
    [
        (MessageFlags.Seen, MessageFlag.Seen), (MessageFlags.Flagged, MessageFlag.Flagged),
        (MessageFlags.Answered, MessageFlag.Answered), (MessageFlags.Draft, MessageFlag.Draft),
    ];

    public static IReadOnlyList<MessageFlag> Of(MessageFlags flags, IEnumerable<string> keywords)
    {
        var found = new List<MessageFlag>(4);
        foreach (var (imap, wire) in SystemFlags)
        {
            if (flags.HasFlag(imap)) { found.Add(wire); }
        }

        if (keywords.Contains(Forwarded, StringComparer.OrdinalIgnoreCase)) { found.Add(MessageFlag.Forwarded); }

        return found;
    }

    public static IReadOnlyList<string> KeywordsOf(IEnumerable<string> keywords) =>
        [.. keywords.Where(k => !k.Equals(Forwarded, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    public static (MessageFlags Flags, HashSet<string> Keywords) ToImap(IReadOnlyList<MessageFlag>? flags, IReadOnlyList<string>? keywords)
    {
        var stored = new HashSet<string>(keywords ?? [], StringComparer.OrdinalIgnoreCase);
        var imap = MessageFlags.None;
        foreach (var flag in flags ?? [])
        {
            if (flag == MessageFlag.Forwarded) { stored.Add(Forwarded); }
            else { imap |= SystemFlags.First(s => s.Wire == flag).Imap; }
        }

        return (imap, stored);
    }

    /// <summary>A keyword is an IMAP atom (RFC 9051 section 9, flag-keyword): printable ASCII without specials.</summary>
    public static bool IsKeyword(string keyword) =>
        keyword.Length is > 0 and <= 100 && keyword.All(c => c is > ' ' and < '\x7F' and not ('(' or ')' or '{' or '%' or '*' or '"' or '\\' or ']'));
}
