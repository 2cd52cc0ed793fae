using System.Globalization;
using System.Text;

namespace Gateway.Rendering.Html;

/// <summary>Character references such as <c>&amp;eacute;</c>, read as the HTML standard does (section 13.2.5.72).</summary>
internal static class HtmlReferences
{
    private const int LongestName = 31;
    private const int LongestWithoutSemicolon = 6;

    /// <summary>What the numbers 128 to 159 mean: the characters Windows has there, since that is how they are meant.</summary>
    private const string Windows =
        "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
        + "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    private static readonly Dictionary<string, (char First, char Second, bool WithoutSemicolon)> Names = Load();
    private static readonly Dictionary<string, (char First, char Second, bool WithoutSemicolon)>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text with all its references replaced by what they mean.</summary>
    public static string Decode(ReadOnlySpan<char> text, bool inAttribute)
    {
        var at = text.IndexOf('&');
        if (at < 0) { return text.ToString(); }

        var decoded = new StringBuilder(text.Length);
        for (; at >= 0; at = text.IndexOf('&'))
        {
            var (length, first, second) = Read(text[at..], inAttribute);
            decoded.Append(text[..at]).Append(first);
            if (second != '\0') { decoded.Append(second); }
            text = text[(at + length)..];
        }

        return decoded.Append(text).ToString();
    }

    /// <summary>Reads the reference at the beginning of the text: its length and meaning, which is the ampersand itself when it is none.</summary>
    /// <param name="inAttribute">There <c>?a=1&amp;copy=2</c> names no sign.</param>
    public static (int Length, char First, char Second) Read(ReadOnlySpan<char> text, bool inAttribute)
    {
        if (text.Length > 2 && text[1] == '#') { return Number(text); }

        var end = 1;
        while (end < text.Length && end <= LongestName && char.IsAsciiLetterOrDigit(text[end])) { end++; }
        if (end < text.Length && text[end] == ';' && Lookup.TryGetValue(text[1..end], out var named)) { return (end + 1, named.First, named.Second); }

        for (end = Math.Min(end, 1 + LongestWithoutSemicolon); end > 2; end--)
        {
            if (!Lookup.TryGetValue(text[1..end], out named) || !named.WithoutSemicolon) { continue; }

            if (inAttribute && end < text.Length && (text[end] == '=' || char.IsAsciiLetterOrDigit(text[end]))) { break; }

            return (end, named.First, named.Second);
        }

        return (1, '&', '\0');
    }

    private static (int Length, char First, char Second) Number(ReadOnlySpan<char> text)
    {
        var isHex = text[2] is 'x' or 'X';
        var start = isHex ? 3 : 2;
        var (end, code) = (start, 0);
        for (; end < text.Length && (isHex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])); end++)
        {
            var digit = char.IsAsciiDigit(text[end]) ? text[end] - '0' : (text[end] | 0x20) - 'a' + 10;
            code = Math.Min(code * (isHex ? 16 : 10) + digit, 0x110000); // beyond the last character it may stop counting
        }

        if (end == start) { return (1, '&', '\0'); }

        var length = end < text.Length && text[end] == ';' ? end + 1 : end;
        if (code is >= 0x80 and <= 0x9f) { return (length, Windows[code - 0x80], '\0'); }

        if (code == 0 || !Rune.TryCreate(code, out var rune)) { return (length, '\ufffd', '\0'); }

        Span<char> units = ['\0', '\0'];
        rune.EncodeToUtf16(units);
        return (length, units[0], units[1]);
    }

    /// <summary>A line is a name and its one or two UTF-16 units in hexadecimal; an exclamation mark says that the semicolon may be missing.</summary>
    private static Dictionary<string, (char First, char Second, bool WithoutSemicolon)> Load()
    {
        using var file = typeof(HtmlReferences).Assembly.GetManifestResourceStream("references.txt")!;
        using var lines = new StreamReader(file);
        Dictionary<string, (char First, char Second, bool WithoutSemicolon)> names = [];
        while (lines.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            names[fields[0].TrimStart('!')] = (Unit(fields[1]), fields.Length > 2 ? Unit(fields[2]) : '\0', line[0] == '!');
        }

        return names;

        static char Unit(string hex) => (char)int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
