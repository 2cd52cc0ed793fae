using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.Rendering.Html;

/// <summary>Markup as it is written: what comes from a message is escaped here, in one spelling.</summary>
internal sealed class Markup(int capacity)
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("&<>\"\u00a0\r\0");

    private readonly List<char> _text = new(capacity);
    private readonly List<Insertion> _insertions = [];

    public int Length => _text.Count;

    public ReadOnlySpan<char> this[Range range] => CollectionsMarshal.AsSpan(_text)[range];

    /// <summary>Markup of our own.</summary>
    public Markup Write(ReadOnlySpan<char> own)
    {
        _text.AddRange(own);
        return this;
    }

    /// <summary>An attribute of any value.</summary>
    public void Attribute(string name, ReadOnlySpan<char> value) => Write(" ").Write(name).Write("=\"").Value(value, isMarkup: false).Write("\"");

    /// <summary>An attribute as a message wrote it.</summary>
    public void GivenAttribute(string name, ReadOnlySpan<char> value) => Write(" ").Write(name).Write("=\"").Value(value, isMarkup: true).Write("\"");

    /// <summary>Text as a message wrote it, or any text.</summary>
    /// <param name="isMarkup">Whether character references in it mean something.</param>
    public void Text(ReadOnlySpan<char> text, bool isMarkup) => Escape(text, isMarkup, inAttribute: false);

    /// <summary>Puts markup of our own in between what is written. What comes later at the same place stands nearer to the tag.</summary>
    /// <param name="isBehind">Whether the tag ends at this place, or begins.</param>
    public void Insert(int at, bool isBehind, string own) => _insertions.Add(new(at, isBehind, own));

    /// <summary>The whole of it between two more pieces.</summary>
    public string Between(ReadOnlySpan<char> front, ReadOnlySpan<char> back)
    {
        if (_insertions.Count == 0) { return string.Concat(front, CollectionsMarshal.AsSpan(_text), back); }

        var whole = new StringBuilder(_text.Count).Append(front);
        var behind = Enumerable.Reverse(_insertions).Where(one => one.IsBehind);
        var from = 0;
        foreach (var (at, _, own) in behind.Concat(_insertions.Where(one => !one.IsBehind)).OrderBy(one => one.At)) // which keeps the order of equals
        {
            whole.Append(this[from..at]).Append(own);
            from = at;
        }

        return whole.Append(this[from..]).Append(back).ToString();
    }

    public override string ToString() => Between("", "");

    private Markup Value(ReadOnlySpan<char> value, bool isMarkup)
    {
        Escape(value, isMarkup, inAttribute: true);
        return this;
    }

    private void Escape(ReadOnlySpan<char> text, bool isMarkup, bool inAttribute)
    {
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            _text.AddRange(text[..at]);
            var (length, first, second) = (1, text[at], '\0');
            if (first == '&' && isMarkup) { (length, first, second) = HtmlReferences.Read(text[at..], inAttribute); }
            else if (first == '\r' && at + 1 < text.Length && text[at + 1] == '\n') { length = 2; }

            Escape(first, inAttribute);
            if (second != '\0') { Escape(second, inAttribute); }
            text = text[(at + length)..];
        }

        _text.AddRange(text);
    }

    private void Escape(char c, bool inAttribute)
    {
        switch (c)
        {
            case '&': _text.AddRange("&amp;"); break;
            case '<': _text.AddRange("&lt;"); break;
            case '>': _text.AddRange("&gt;"); break;
            case '\u00a0': _text.AddRange("&nbsp;"); break;
            case '"' when inAttribute: _text.AddRange("&quot;"); break;
            case '\r': _text.Add('\n'); break; // as the next parser would read it
            case '\0': break;
            default: _text.Add(c); break;
        }
    }

    private readonly record struct Insertion(int At, bool IsBehind, string Own);
}
