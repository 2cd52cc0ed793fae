using System.Text;

namespace Gateway.Rendering.Css;

/// <summary>
/// Rebuilds a message's styles from what <see cref="CssRules"/> allows. Nothing is passed through as text: what comes
/// out was read as tokens, judged, and written anew. One of these per message, because the limits are per message.
/// </summary>
internal sealed class CssTidying
{
    /// <summary>Conditions inside conditions inside conditions: no mail nests deeper.</summary>
    private const int MaxDepth = 4;

    private readonly Dictionary<string, (string Tidy, int RemoteLoads)> _inline = [];
    private int _lengthLeft = RenderingLimits.StyleLength;
    private int _rulesLeft = RenderingLimits.StyleRules;

    /// <summary>How many addresses elsewhere were taken out.</summary>
    public int RemoteLoads { get; private set; }

    /// <summary>True when a sheet went because of its size.</summary>
    public bool Dropped { get; private set; }

    /// <summary>A whole sheet, or an empty string when nothing of it may stay.</summary>
    public string Sheet(string css)
    {
        _lengthLeft -= css.Length;
        if (_lengthLeft < 0)
        {
            Dropped = true;
            return "";
        }

        var tokens = new CssSpan(CssTokens.Read(css));
        var tidy = new StringBuilder(css.Length);
        Rules(tokens, 0, tokens.Length, 0, tidy);
        if (_rulesLeft >= 0) { return tidy.ToString(); }
        Dropped = true;
        return "";
    }

    /// <summary>The value of a style attribute. A newsletter says the same on every cell, so that each is judged once.</summary>
    public string Inline(ReadOnlySpan<char> css)
    {
        if (css.Length > RenderingLimits.InlineStyleLength)
        {
            Dropped = true;
            return "";
        }

        if (!_inline.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(css, out var known))
        {
            var (before, text) = (RemoteLoads, css.ToString());
            known = (Tidy(text), RemoteLoads - before);
            _inline[text] = known;
            return known.Tidy;
        }

        RemoteLoads += known.RemoteLoads;
        return known.Tidy;
    }

    private string Tidy(string css)
    {
        var tokens = new CssSpan(CssTokens.Read(css));
        var tidy = new StringBuilder(css.Length);
        Declarations(tokens, 0, tokens.Length, tidy);
        return tidy.ToString();
    }

    /// <summary>The condition of a media attribute, or an empty string.</summary>
    public static string Media(string condition)
    {
        var tokens = new CssSpan(CssTokens.Read(condition));
        var tidy = new StringBuilder();
        return CssSelectors.WriteCondition(tokens, 0, tokens.Length, tidy) ? tidy.ToString().Trim() : "";
    }

    private void Rules(CssSpan tokens, int from, int to, int depth, StringBuilder tidy)
    {
        for (var at = from; at < to && _rulesLeft >= 0;)
        {
            if (tokens[at].Kind == CssTokenKind.Space || tokens[at].Is(';') || tokens[at].Is('}'))
            {
                at++;
                continue;
            }

            var isAtRule = tokens[at].Kind == CssTokenKind.AtWord;
            var block = tokens.Find(at, to, token => token.Is('{') || (isAtRule && token.Is(';')));
            if (block >= to || tokens[block].Is(';'))
            {
                RemoteLoads += tokens.RemoteLoads(at, Math.Min(block, to)); // @import
                at = block + 1;
                continue;
            }

            var end = Math.Min(tokens.Match(block), to);
            _rulesLeft--;
            if (isAtRule) { Condition(tokens, at, block, end, depth, tidy); }
            else { Rule(tokens, at, block, end, tidy); }
            at = end + 1;
        }
    }

    private void Condition(CssSpan tokens, int at, int block, int end, int depth, StringBuilder tidy)
    {
        var kept = new StringBuilder();
        if (CssRules.IsCondition(tokens[at].Value) && depth < MaxDepth && CssSelectors.WriteCondition(tokens, at + 1, block, kept))
        {
            kept.Insert(0, "@" + tokens[at].Value.ToLowerInvariant()).Append('{');
            Rules(tokens, block + 1, end, depth + 1, kept);
            tidy.Append(kept).Append("}\n");
        }
        else { RemoteLoads += tokens.RemoteLoads(block, end); } // @font-face
    }

    private void Rule(CssSpan tokens, int at, int block, int end, StringBuilder tidy)
    {
        var kept = new StringBuilder();
        var readable = CssSelectors.WriteSelectors(tokens, at, block, kept);
        kept.Append('{');
        var before = kept.Length;
        Declarations(tokens, block + 1, end, kept);
        if (readable && kept.Length > before) { tidy.Append(kept).Append("}\n"); }
    }

    private void Declarations(CssSpan tokens, int from, int to, StringBuilder tidy)
    {
        for (var at = from; at < to;)
        {
            // A rule nested in here ends the declaration it stands in; both go.
            var end = tokens.Find(at, to, token => token.Is(';'));
            var start = at;
            while (start < end && tokens[start].Kind == CssTokenKind.Space) { start++; }
            var colon = start + 1;
            while (colon < end && tokens[colon].Kind == CssTokenKind.Space) { colon++; }

            if (colon < end && tokens[start].Kind == CssTokenKind.Word && tokens[colon].Is(':'))
            {
                Declaration(tokens[start].Value.ToLowerInvariant(), tokens, colon + 1, end, tidy);
            }

            at = end + 1;
        }
    }

    private void Declaration(string property, CssSpan tokens, int from, int to, StringBuilder tidy)
    {
        var remote = tokens.RemoteLoads(from, to);
        RemoteLoads += remote;
        if (remote > 0 || !CssRules.Allows(property)) { return; }

        var length = tidy.Length;
        tidy.Append(property).Append(':');
        if (!CssValues.Write(property, tokens, from, to, tidy))
        {
            tidy.Length = length;
            return;
        }

        tidy.Append(';');
    }
}
