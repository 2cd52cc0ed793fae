using System.Globalization;

namespace Gateway.Mail.Faults;

/// <summary>A server's words are untrusted: cut, and without control characters.</summary>
public static class ServerText
{
    private const int MaxLength = 500;

    public static string? Clean(string? words)
    {
        if (string.IsNullOrWhiteSpace(words)) { return null; }

        var text = words.AsSpan().Trim();
        if (text.Length > MaxLength) { text = text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)]; }

        return string.Concat(text.ToString().Select(c => IsInvisible(c) ? ' ' : c));
    }

    /// <summary>Control characters, and those that turn or break a line of text without being seen.</summary>
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
