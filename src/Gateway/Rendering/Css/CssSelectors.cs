using System.Text;

namespace Gateway.Rendering.Css;

/// <summary>Judges and rewrites what stands before a block: selectors, and the conditions of media and supports rules.</summary>
internal static class CssSelectors
{
    /// <summary>Each of them walks back over all the siblings before; three in a row, and the walks multiply.</summary>
    private const int MaxSiblingSteps = 2;

    public static bool WriteSelectors(CssSpan tokens, int from, int to, StringBuilder css)
    {
        if (!tokens.IsBalanced(from, to)) { return false; }

        var siblings = 0;
        for (var at = from; at < to; at++)
        {
            var token = tokens[at];
            switch (token.Kind)
            {
                case CssTokenKind.Hash:
                    css.Append('#');
                    new CssToken(CssTokenKind.Word, ClobberSafe.Prefix + token.Value).Write(css);
                    continue;
                case CssTokenKind.Symbol when token.Is(':'):
                    if (!IsAllowedPseudo(tokens, at, to)) { return false; }
                    break;
                case CssTokenKind.Symbol when token.Is('['):
                    if (!WriteAttribute(tokens, at, to, css)) { return false; }
                    at = tokens.Match(at);
                    continue;
                case CssTokenKind.Symbol when token.Is('~') && ++siblings > MaxSiblingSteps:
                case CssTokenKind.Symbol when !".>+~*:,()-".Contains(token.Value, StringComparison.Ordinal):
                case CssTokenKind.AtWord or CssTokenKind.Url or CssTokenKind.Text or CssTokenKind.Broken:
                case CssTokenKind.Function when !CssRules.AllowsPseudo(token.Value):
                    return false;
                case CssTokenKind.Symbol when token.Is(','):
                    siblings = 0;
                    break;
            }

            token.Write(css);
        }

        return true;
    }

    public static bool WriteCondition(CssSpan tokens, int from, int to, StringBuilder css)
    {
        if (!tokens.IsBalanced(from, to)) { return false; }

        if (from < to && tokens[from].Kind != CssTokenKind.Space) { css.Append(' '); }
        for (var at = from; at < to; at++)
        {
            var token = tokens[at];
            var known = token.Kind is CssTokenKind.Space or CssTokenKind.Word or CssTokenKind.Number or CssTokenKind.Hash
                || (token.Kind == CssTokenKind.Symbol && "(),:/>=+-*".Contains(token.Value, StringComparison.Ordinal));
            if (!known) { return false; }
            token.Write(css);
        }

        return true;
    }

    /// <summary>Nothing is loaded, so an attribute's value can be asked for: the answer cannot be told to anyone.</summary>
    private static bool WriteAttribute(CssSpan tokens, int from, int to, StringBuilder css)
    {
        for (var at = from; at <= tokens.Match(from) && at < to; at++)
        {
            var token = tokens[at];
            var known = token.Kind is CssTokenKind.Space or CssTokenKind.Word or CssTokenKind.Text
                || (token.Kind == CssTokenKind.Symbol && "[]=~|^$*".Contains(token.Value, StringComparison.Ordinal));
            if (!known) { return false; }
            token.Write(css);
        }

        return true;
    }

    private static bool IsAllowedPseudo(CssSpan tokens, int at, int to)
    {
        var name = at + 1 < to && tokens[at + 1].Is(':') ? at + 2 : at + 1;
        return name < to
            && tokens[name].Kind is CssTokenKind.Word or CssTokenKind.Function
            && CssRules.AllowsPseudo(tokens[name].Value);
    }
}
