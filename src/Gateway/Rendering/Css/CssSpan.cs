namespace Gateway.Rendering.Css;

/// <summary>The tokens of one sheet, with each opening bracket knowing where it closes.</summary>
internal sealed class CssSpan
{
    private readonly List<CssToken> _tokens;
    private readonly int[] _match;

    public CssSpan(List<CssToken> tokens)
    {
        _tokens = tokens;
        _match = new int[tokens.Count];
        var open = new Stack<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            _match[i] = i;
            if (Closer(tokens[i]) != '\0')
            {
                _match[i] = tokens.Count; // until its end is found; a sheet may stop before
                open.Push(i);
            }
            else if (open.TryPeek(out var last) && tokens[i].Is(Closer(tokens[last])))
            {
                _match[open.Pop()] = i;
            }
        }
    }

    public int Length => _tokens.Count;

    public CssToken this[int at] => _tokens[at];

    /// <summary>Where the bracket opened here is closed; the length of the sheet when it never is.</summary>
    public int Match(int at) => _match[at];

    /// <summary>The first such token outside all brackets, or <paramref name="to"/>. The opening of a block counts as outside.</summary>
    public int Find(int from, int to, Func<CssToken, bool> wanted)
    {
        for (var at = from; at < to; at = _match[at] + 1)
        {
            if (wanted(_tokens[at])) { return at; }
        }

        return to;
    }

    /// <summary>False when a bracket opens and does not close in here, or the other way round: it would swallow what follows.</summary>
    public bool IsBalanced(int from, int to)
    {
        for (var at = from; at < to; at = _match[at] + 1)
        {
            if (_match[at] >= to || _tokens[at].Is(')') || _tokens[at].Is(']') || _tokens[at].Is('}')) { return false; }
            if (_match[at] > at && !IsBalanced(at + 1, _match[at])) { return false; }
        }

        return true;
    }

    /// <summary>Addresses that lead elsewhere, whatever they stand in.</summary>
    public int RemoteLoads(int from, int to)
    {
        var count = 0;
        for (var at = from; at < to; at++)
        {
            var token = _tokens[at];
            if (token.Kind is CssTokenKind.Url or CssTokenKind.Text or CssTokenKind.Broken && Leads(token.Value)) { count++; }
        }

        return count;
    }

    private static bool Leads(string address)
    {
        var text = address.AsSpan().Trim();
        return text.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("//", StringComparison.Ordinal);
    }

    private static char Closer(CssToken token) => token switch
    {
        { Kind: CssTokenKind.Function } => ')',
        { Kind: CssTokenKind.Symbol, Value: "(" } => ')',
        { Kind: CssTokenKind.Symbol, Value: "[" } => ']',
        { Kind: CssTokenKind.Symbol, Value: "{" } => '}',
        _ => '\0',
    };
}
