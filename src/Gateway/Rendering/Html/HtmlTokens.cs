namespace Gateway.Rendering.Html;

/// <summary>
/// Reads markup one token at a time, in one pass and in constant memory. Follows the tokenizer of the HTML standard
/// (section 13.2.5) for everything mail contains; comments, doctypes and processing instructions are passed over.
/// </summary>
internal ref struct HtmlTokens(ReadOnlySpan<char> html)
{
    private readonly ReadOnlySpan<char> _html = html;
    private int _at;
    private bool _inRawText;

    public HtmlTokenKind Kind { get; private set; }

    /// <summary>For raw text, the element that holds it.</summary>
    public HtmlTag Tag { get; private set; } = HtmlTag.Unknown;

    public readonly string Name => Tag.Name;

    /// <summary>The text; for a tag, everything between its name and its closing bracket.</summary>
    public ReadOnlySpan<char> Content { get; private set; }

    public bool Next()
    {
        while (_at < _html.Length)
        {
            if (_inRawText)
            {
                ReadRawText();
                if (!Content.IsEmpty) { return true; }
                continue;
            }

            var rest = _html[_at..];
            if (!IsMarkup(rest))
            {
                ReadText();
                return true;
            }

            if (char.IsAsciiLetter(rest[1])) { if (ReadTag(HtmlTokenKind.StartTag, _at + 1)) { return true; } }
            else if (rest[1] == '/' && rest.Length > 2 && char.IsAsciiLetter(rest[2]))
            {
                if (ReadTag(HtmlTokenKind.EndTag, _at + 2)) { return true; }
            }
            else if (rest.StartsWith("<!--")) { _at = EndOfComment(_at + 4); }
            else { _at = After(_html, '>', _at + 1); }
        }

        return false;
    }

    private static bool IsMarkup(ReadOnlySpan<char> rest) =>
        rest is ['<', _, ..] && (char.IsAsciiLetter(rest[1]) || rest[1] is '/' or '!' or '?');

    private void ReadText()
    {
        var end = _at + 1;
        while (end < _html.Length && !IsMarkup(_html[end..]))
        {
            var next = _html[(end + 1)..].IndexOf('<');
            end = next < 0 ? _html.Length : end + 1 + next;
        }

        Take(HtmlTokenKind.Text, _at, end);
        _at = end;
    }

    /// <summary>False when the input ends inside the tag: the standard drops such a tag.</summary>
    private bool ReadTag(HtmlTokenKind kind, int nameStart)
    {
        var nameEnd = nameStart;
        while (nameEnd < _html.Length && !IsSpace(_html[nameEnd]) && _html[nameEnd] is not ('/' or '>')) { nameEnd++; }

        var end = nameEnd;
        var attributes = new HtmlAttributes(_html[nameEnd..]);
        while (attributes.Next()) { }
        end += attributes.End;
        if (end >= _html.Length)
        {
            _at = _html.Length;
            return false;
        }

        Tag = HtmlTag.Find(_html[nameStart..nameEnd]);
        Take(kind, nameEnd, end);
        _at = end + 1;
        _inRawText = kind == HtmlTokenKind.StartTag && Tag.Is(HtmlTraits.RawText);
        return true;
    }

    private void ReadRawText()
    {
        var end = _at;
        while (true)
        {
            var found = _html[end..].IndexOf("</");
            if (found < 0)
            {
                end = _html.Length;
                break;
            }

            end += found;
            var after = _html[(end + 2)..];
            if (after.StartsWith(Name, StringComparison.OrdinalIgnoreCase)
                && (after.Length == Name.Length || IsSpace(after[Name.Length]) || after[Name.Length] is '/' or '>'))
            {
                break;
            }

            end += 2;
        }

        Take(HtmlTokenKind.RawText, _at, end);
        _at = end;
        _inRawText = false;
    }

    private readonly int EndOfComment(int at)
    {
        // "<!-->" and "<!--->" are whole comments.
        if (_html[at..].StartsWith(">")) { return at + 1; }
        if (_html[at..].StartsWith("->")) { return at + 2; }

        while (true)
        {
            var found = _html[at..].IndexOf("--");
            if (found < 0) { return _html.Length; }
            at += found + 2;
            if (_html[at..].StartsWith(">")) { return at + 1; }
            if (_html[at..].StartsWith("!>")) { return at + 2; }
            at--; // of "--->" the last two dashes count
        }
    }

    private void Take(HtmlTokenKind kind, int start, int end)
    {
        Kind = kind;
        Content = _html[start..end];
    }

    private static int After(ReadOnlySpan<char> html, char wanted, int from)
    {
        var found = html[from..].IndexOf(wanted);
        return found < 0 ? html.Length : from + found + 1;
    }

    internal static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
