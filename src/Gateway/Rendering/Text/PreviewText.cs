using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Rendering.Text;

internal static partial class PreviewText
{
    /// <summary>Enough to find 200 good characters behind quotes and addresses, and no more work than that.</summary>
    private const int Looked = 16 * 1024;

    public static string Read(string text)
    {
        var preview = new StringBuilder(RenderingLimits.PreviewLength + 1);
        foreach (var line in TextRendering.CutAt(text, Looked).AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed is ['>', ..] || IsRule(trimmed)) { continue; }
            if (trimmed is "--" && preview.Length > 0) { break; } // the signature begins

            if (trimmed.Contains(':')) { Append(preview, Address().Replace(trimmed.ToString(), " ")); }
            else { Append(preview, trimmed); }

            if (preview.Length > RenderingLimits.PreviewLength) { break; }
        }

        return TextRendering.CutAt(preview.ToString(), RenderingLimits.PreviewLength).TrimEnd();
    }

    private static void Append(StringBuilder preview, ReadOnlySpan<char> line)
    {
        if (preview is { Length: > 0 } && preview[^1] != ' ') { preview.Append(' '); }
        foreach (var c in line)
        {
            if (char.IsWhiteSpace(c) || (IsJoiner(c) && EndsInSpace(preview)))
            {
                if (!EndsInSpace(preview)) { preview.Append(' '); }
            }
            else if (!char.IsControl(c) && !Characters.IsBidiControl(c) && !Characters.IsInvisible(c)) { preview.Append(c); }
        }
    }

    private static bool EndsInSpace(StringBuilder preview) => preview.Length == 0 || preview[^1] == ' ';

    /// <summary>Between letters they shape words and emoji; between spaces they only fill.</summary>
    private static bool IsJoiner(char c) => c is '\u200c' or '\u200d';

    /// <summary>Lines of dashes, stars and the like.</summary>
    private static bool IsRule(ReadOnlySpan<char> line)
    {
        if (line is "--") { return false; }
        foreach (var c in line)
        {
            if (c is not ('-' or '=' or '*' or '_' or '#' or '~' or '+' or ' ')) { return false; }
        }

        return line.Length > 0;
    }

    [GeneratedRegex(@"[<\[(]?\b(?:https?://|mailto:)[^\s<>]*[>\])]?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
