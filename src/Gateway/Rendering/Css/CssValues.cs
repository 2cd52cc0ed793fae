using System.Text;

namespace Gateway.Rendering.Css;

/// <summary>Judges and rewrites the value of one declaration.</summary>
internal static class CssValues
{
    /// <summary>False when the value holds anything that is not known to be harmless.</summary>
    public static bool Write(string property, CssSpan tokens, int from, int to, StringBuilder css)
    {
        if (!tokens.IsBalanced(from, to)) { return false; }

        var written = false;
        for (var at = from; at < to; at++)
        {
            var token = tokens[at];
            switch (token.Kind)
            {
                case CssTokenKind.Space:
                    if (written) { css.Append(' '); }
                    continue;
                case CssTokenKind.Url:
                    if (!RasterImages.IsData(token.Value)) { return false; }
                    break;
                case CssTokenKind.Function when token.Value.Equals("url", StringComparison.OrdinalIgnoreCase):
                    if (!IsQuotedImage(tokens, at, out var end)) { return false; }
                    new CssToken(CssTokenKind.Url, tokens[end].Value).Write(css);
                    at = tokens.Match(at);
                    written = true;
                    continue;
                case CssTokenKind.Function when !CssRules.AllowsFunction(token.Value):
                case CssTokenKind.Symbol when !"(),/+-*![]%".Contains(token.Value, StringComparison.Ordinal):
                case CssTokenKind.AtWord or CssTokenKind.Broken:
                case CssTokenKind.Word when token.Value.StartsWith("--", StringComparison.Ordinal):
                    return false;
                case CssTokenKind.Word when property == "position" && !IsInFlow(token.Value):
                    return false;
            }

            token.Write(css);
            written = true;
        }

        return written;
    }

    private static bool IsQuotedImage(CssSpan tokens, int at, out int text)
    {
        var end = tokens.Match(at);
        for (text = at + 1; text < end && tokens[text].Kind == CssTokenKind.Space;) { text++; }
        var after = text + 1;
        while (after < end && tokens[after].Kind == CssTokenKind.Space) { after++; }
        return after == end && tokens[text].Kind == CssTokenKind.Text && RasterImages.IsData(tokens[text].Value);
    }

    /// <summary>Anything else can be laid over what is not its own.</summary>
    private static bool IsInFlow(string position) => position.ToLowerInvariant() is "static" or "relative" or "important";
}
