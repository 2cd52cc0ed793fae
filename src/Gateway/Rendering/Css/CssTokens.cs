using System.Globalization;
using System.Text;

namespace Gateway.Rendering.Css;

/// <summary>The tokenizer of CSS Syntax Level 3, section 4, in one linear pass. A comment becomes a space.</summary>
internal sealed class CssTokens
{
    private readonly string _css;
    private readonly List<CssToken> _tokens = [];
    private int _at;

    private CssTokens(string css) => _css = css;

    public static List<CssToken> Read(string css)
    {
        var reading = new CssTokens(css);
        while (reading._at < css.Length) { reading.ReadOne(); }
        return reading._tokens;
    }

    internal static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || c >= '\u0080';

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= '\u0080';

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';

    private static bool IsNewLine(char c) => c is '\n' or '\r' or '\f';

    private char Peek(int ahead = 0) => _at + ahead < _css.Length ? _css[_at + ahead] : '\0';

    private bool Sees(string text) => string.CompareOrdinal(_css, _at, text, 0, text.Length) == 0;

    private void Add(CssTokenKind kind, string value, string unit = "") => _tokens.Add(new CssToken(kind, value, unit));

    private void ReadOne()
    {
        var c = Peek();
        if (Sees("/*"))
        {
            var end = _css.IndexOf("*/", _at + 2, StringComparison.Ordinal);
            _at = end < 0 ? _css.Length : end + 2;
            Add(CssTokenKind.Space, " "); // what stood apart must stay apart, or "url" and "(" become one
        }
        else if (IsSpace(c))
        {
            while (_at < _css.Length && IsSpace(_css[_at])) { _at++; }
            Add(CssTokenKind.Space, " ");
        }
        else if (c is '"' or '\'') { ReadText(); }
        else if (c == '#' && (IsNameCharacter(Peek(1)) || IsEscape(1)))
        {
            _at++;
            Add(CssTokenKind.Hash, ReadName());
        }
        else if (StartsNumber()) { ReadNumber(); }
        else if (Sees("<!--") || Sees("-->"))
        {
            _at += c == '<' ? 4 : 3;
            Add(CssTokenKind.Space, " ");
        }
        else if (StartsName(0)) { ReadWord(); }
        else if (c == '@' && StartsName(1))
        {
            _at++;
            Add(CssTokenKind.AtWord, ReadName());
        }
        else if (c is '\\' or '\0')
        {
            _at++;
            Add(CssTokenKind.Broken, "");
        }
        else
        {
            _at++;
            Add(CssTokenKind.Symbol, c.ToString());
        }
    }

    private bool IsEscape(int ahead) => Peek(ahead) == '\\' && _at + ahead + 1 < _css.Length && !IsNewLine(Peek(ahead + 1));

    private bool StartsName(int ahead)
    {
        if (Peek(ahead) == '-') { ahead++; return IsNameStart(Peek(ahead)) || Peek(ahead) == '-' || IsEscape(ahead); }
        return IsNameStart(Peek(ahead)) || IsEscape(ahead);
    }

    private bool StartsNumber()
    {
        var sign = Peek() is '+' or '-' ? 1 : 0;
        return char.IsAsciiDigit(Peek(sign)) || (Peek(sign) == '.' && char.IsAsciiDigit(Peek(sign + 1)));
    }

    private string ReadName()
    {
        var name = new StringBuilder();
        while (_at < _css.Length)
        {
            if (IsNameCharacter(_css[_at])) { name.Append(_css[_at++]); }
            else if (IsEscape(0)) { ReadEscape(name); }
            else { break; }
        }

        return name.ToString();
    }

    private void ReadEscape(StringBuilder into)
    {
        _at++;
        var start = _at;
        while (_at < _css.Length && _at - start < 6 && char.IsAsciiHexDigit(_css[_at])) { _at++; }
        if (_at == start)
        {
            into.Append(_css[_at++]);
            return;
        }

        var code = int.Parse(_css.AsSpan(start, _at - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        into.Append(Rune.IsValid(code) && code != 0 ? new Rune(code).ToString() : "\ufffd");
        if (Peek() == '\r' && Peek(1) == '\n') { _at++; }
        if (_at < _css.Length && IsSpace(_css[_at])) { _at++; }
    }

    private void ReadText()
    {
        var quote = _css[_at++];
        var text = new StringBuilder();
        while (_at < _css.Length && _css[_at] != quote)
        {
            if (IsNewLine(_css[_at]))
            {
                Add(CssTokenKind.Broken, "");
                return;
            }

            if (_css[_at] != '\\') { text.Append(_css[_at++]); }
            else if (IsEscape(0)) { ReadEscape(text); }
            else { _at = Math.Min(_at + (Peek(1) == '\r' && Peek(2) == '\n' ? 3 : 2), _css.Length); } // an escaped line end is nothing
        }

        _at++;
        Add(CssTokenKind.Text, text.ToString());
    }

    private void ReadNumber()
    {
        var start = _at;
        if (Peek() is '+' or '-') { _at++; }
        while (char.IsAsciiDigit(Peek())) { _at++; }
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            while (char.IsAsciiDigit(Peek())) { _at++; }
        }

        var sign = Peek(1) is '+' or '-' ? 2 : 1;
        if (Peek() is 'e' or 'E' && char.IsAsciiDigit(Peek(sign)))
        {
            _at += sign;
            while (char.IsAsciiDigit(Peek())) { _at++; }
        }

        var number = _css[start.._at];
        if (Peek() == '%')
        {
            _at++;
            Add(CssTokenKind.Number, number, "%");
        }
        else { Add(CssTokenKind.Number, number, StartsName(0) ? ReadName() : ""); }
    }

    private void ReadWord()
    {
        var name = ReadName();
        if (Peek() != '(')
        {
            Add(CssTokenKind.Word, name);
            return;
        }

        _at++;
        var next = _at;
        while (next < _css.Length && IsSpace(_css[next])) { next++; }
        if (name.Equals("url", StringComparison.OrdinalIgnoreCase) && (next >= _css.Length || _css[next] is not ('"' or '\'')))
        {
            _at = next;
            ReadBareUrl();
        }
        else { Add(CssTokenKind.Function, name); }
    }

    private void ReadBareUrl()
    {
        var url = new StringBuilder();
        var broken = false;
        while (_at < _css.Length && _css[_at] != ')')
        {
            if (IsEscape(0)) { ReadEscape(url); }
            else
            {
                var c = _css[_at++];
                if (IsSpace(c)) { broken |= Peek() != ')' && !IsSpace(Peek()) && _at < _css.Length; }
                else { broken |= c is '"' or '\'' or '(' or '\\' || c < ' '; url.Append(c); }
            }
        }

        _at++;
        Add(broken ? CssTokenKind.Broken : CssTokenKind.Url, url.ToString());
    }
}
