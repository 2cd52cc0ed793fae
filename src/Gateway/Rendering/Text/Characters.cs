using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Rendering.Text;

/// <summary>Which characters may stay in what we pass on.</summary>
internal static class Characters
{
    /// <summary>The control characters that a body may not keep.</summary>
    private static readonly SearchValues<char> Judged = SearchValues.Create([.. Enumerable.Range(0, 0xa0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\n' or '\t'))]);

    /// <summary>They reorder what stands around them, so "gpj.exe" can be made to read "exe.jpg".</summary>
    public static bool IsBidiControl(char c) => c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f' or '\u061c';

    /// <summary>Space-savers of newsletters: they show nothing and only fill the preview.</summary>
    public static bool IsInvisible(char c) => c is '\u200b' or '\u2060' or '\ufeff' or '\u00ad' or '\u034f' or '\u180e';

    /// <summary>A header's value: one line, no controls, no reordering.</summary>
    public static string Line(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) { return text.Trim(); } // nearly always

        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\r' or '\n' or '\t') { if (line is { Length: > 0 } && line[^1] != ' ') { line.Append(' '); } }
            else if (!char.IsControl(c) && !IsBidiControl(c) && !IsLineSeparator(c)) { line.Append(c); }
        }

        return WholeCharacters(line).Trim();
    }

    /// <summary>A body: lines end one way; only the tab stays of the other controls.</summary>
    public static string Body(string text)
    {
        var body = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAny(Judged); at >= 0; at = rest.IndexOfAny(Judged))
        {
            body.Append(rest[..at]);
            if (rest[at] == '\r' && rest[at..] is not ['\r', '\n', ..]) { body.Append('\n'); }
            rest = rest[(at + 1)..];
        }

        body.Append(rest);
        return text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? WholeCharacters(body) : body.ToString();
    }

    /// <summary>A lone half of a character cannot be written as UTF-8; JSON writers throw on it or garble it.</summary>
    private static string WholeCharacters(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) { continue; }
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) { i++; }
            else { text[i] = '\ufffd'; }
        }

        return text.ToString();
    }

    private static bool IsLineSeparator(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
