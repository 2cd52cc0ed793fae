namespace Gateway.Rendering.Html;

/// <summary>Reads the attributes of one tag, from just after its name.</summary>
internal ref struct HtmlAttributes(ReadOnlySpan<char> tag)
{
    private readonly ReadOnlySpan<char> _tag = tag;

    /// <summary>As written; compare without regard to case.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>As written, with character references still in it.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Once <see cref="Next"/> said no: where the closing bracket is, or the length of the input when there is none.</summary>
    public int End { get; private set; }

    public bool Next()
    {
        var at = End;
        while (at < _tag.Length && (HtmlTokens.IsSpace(_tag[at]) || _tag[at] == '/')) { at++; }
        End = at;
        if (at >= _tag.Length || _tag[at] == '>') { return false; }

        var start = at++; // an equals sign in front belongs to the name
        while (at < _tag.Length && !HtmlTokens.IsSpace(_tag[at]) && _tag[at] is not ('/' or '>' or '=')) { at++; }
        Name = _tag[start..at];
        Value = default;
        End = at;

        while (at < _tag.Length && HtmlTokens.IsSpace(_tag[at])) { at++; }
        if (at < _tag.Length && _tag[at] == '=') { ReadValue(at + 1); }
        return true;
    }

    private void ReadValue(int at)
    {
        while (at < _tag.Length && HtmlTokens.IsSpace(_tag[at])) { at++; }
        if (at < _tag.Length && _tag[at] is '"' or '\'')
        {
            var length = _tag[(at + 1)..].IndexOf(_tag[at]);
            if (length < 0)
            {
                End = _tag.Length;
                return;
            }

            Value = _tag.Slice(at + 1, length);
            End = at + length + 2;
            return;
        }

        var start = at;
        while (at < _tag.Length && !HtmlTokens.IsSpace(_tag[at]) && _tag[at] != '>') { at++; }
        Value = _tag[start..at];
        End = at;
    }
}
