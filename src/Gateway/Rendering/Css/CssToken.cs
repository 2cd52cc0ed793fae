using System.Globalization;
using System.Text;

namespace Gateway.Rendering.Css;

/// <param name="Value">The meaning, with escapes resolved; for a number, the digits. A symbol is one character.</param>
/// <param name="Unit">Of a number only: its unit or percent sign.</param>
internal readonly record struct CssToken(CssTokenKind Kind, string Value, string Unit = "")
{
    public bool Is(char symbol) => Kind == CssTokenKind.Symbol && Value[0] == symbol;

    /// <summary>
    /// Writes the meaning out again, in one spelling. No spelling of ours holds a less-than sign, so no style can end
    /// its element, and none holds an escape that two parsers could read in two ways.
    /// </summary>
    public void Write(StringBuilder css)
    {
        switch (Kind)
        {
            case CssTokenKind.Space: css.Append(' '); break;
            case CssTokenKind.Word: WriteName(css, Value); break;
            case CssTokenKind.Function: WriteName(css, Value); css.Append('('); break;
            case CssTokenKind.AtWord: css.Append('@'); WriteName(css, Value); break;
            case CssTokenKind.Hash: css.Append('#'); WriteTail(css, Value); break;
            case CssTokenKind.Number: css.Append(Value); WriteUnit(css); break;
            case CssTokenKind.Text: WriteText(css, Value); break;
            case CssTokenKind.Url: css.Append("url("); WriteText(css, Value); css.Append(')'); break;
            case CssTokenKind.Symbol: css.Append(Value[0] == '<' ? ' ' : Value[0]); break;
        }
    }

    private void WriteUnit(StringBuilder css)
    {
        if (Unit == "%") { css.Append('%'); }
        else if (Unit is ['e' or 'E', (>= '0' and <= '9') or '-', ..]) // or "1" and "e3" become 1000
        {
            WriteEscape(css, Unit[0]);
            WriteTail(css, Unit[1..]);
        }
        else if (Unit.Length > 0) { WriteName(css, Unit); }
    }

    private static void WriteName(StringBuilder css, string name)
    {
        if (name is [>= '0' and <= '9', ..] or "-" or ['-', >= '0' and <= '9', ..])
        {
            WriteEscape(css, name[0]);
            WriteTail(css, name[1..]);
        }
        else { WriteTail(css, name); }
    }

    private static void WriteTail(StringBuilder css, string name)
    {
        foreach (var c in name)
        {
            if (CssTokens.IsNameCharacter(c)) { css.Append(c); }
            else { WriteEscape(css, c); }
        }
    }

    private static void WriteText(StringBuilder css, string text)
    {
        css.Append('"');
        foreach (var c in text)
        {
            if (c < ' ' || c is '"' or '\\' or '<' or '\u007f') { WriteEscape(css, c); }
            else { css.Append(c); }
        }

        css.Append('"');
    }

    private static void WriteEscape(StringBuilder css, char c) =>
        css.Append('\\').Append(((int)c).ToString("x", CultureInfo.InvariantCulture)).Append(' ');
}
