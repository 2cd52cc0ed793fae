using System.Text;
using Gateway.Rendering.Html;

namespace Gateway.Rendering.Text;

/// <summary>Reads the words out of markup as they come, keeping no more state than a quote depth and an open link.</summary>
internal sealed class HtmlText
{
    /// <summary>Deeper quotes are quotes all the same.</summary>
    private const int MaxQuoteDepth = 8;

    private readonly StringBuilder _text = new();
    private int _quoteDepth;
    private int _lineStart;
    private bool _inHead;
    private int _preformatted;
    private bool _spacePending;
    private string? _link;
    private int _linkStart;

    public static string Read(string html)
    {
        var reading = new HtmlText();
        var tokens = new HtmlTokens(html);
        while (tokens.Next())
        {
            switch (tokens.Kind)
            {
                case HtmlTokenKind.Text: reading.AppendText(HtmlReferences.Decode(tokens.Content, inAttribute: false)); break;
                case HtmlTokenKind.StartTag: reading.Start(tokens.Tag, tokens.Content); break;
                case HtmlTokenKind.EndTag: reading.End(tokens.Tag); break;
            }
        }

        return Characters.Body(reading._text.ToString()).Trim('\n', ' ');
    }

    private void Start(HtmlTag tag, ReadOnlySpan<char> content)
    {
        switch (tag.Name)
        {
            case "head": _inHead = true; break;
            case "body": _inHead = false; break;
            case "br": NewLine(); break;
            case "hr": EndLine(); Write("----"); NewLine(); break;
            case "li": EndLine(); Write("- "); break;
            case "td" or "th": if (_text.Length > _lineStart) { _spacePending = true; } break;
            case "pre": EndLine(); _preformatted++; break;
            case "blockquote": EndLine(); _quoteDepth++; break;
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "table" or "ul" or "ol": EndParagraph(); break;
            case "a": StartLink(content); break;
            case "img": Write(Attribute(content, "alt")); break;
            default: if (tag.Is(HtmlTraits.Special)) { EndLine(); } break;
        }
    }

    private void End(HtmlTag tag)
    {
        switch (tag.Name)
        {
            case "head": _inHead = false; break;
            case "a": EndLink(); break;
            case "pre": EndLine(); _preformatted = Math.Max(0, _preformatted - 1); break;
            case "blockquote": EndLine(); _quoteDepth = Math.Max(0, _quoteDepth - 1); break;
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "table" or "ul" or "ol": EndParagraph(); break;
            case "td" or "th": break;
            default: if (tag.Is(HtmlTraits.Special)) { EndLine(); } break;
        }
    }

    private void AppendText(string text)
    {
        if (_inHead) { return; }
        foreach (var c in text)
        {
            if (_preformatted > 0 && c == '\n') { NewLine(); }
            else if (_preformatted > 0 && c != '\r') { Write(c); }
            else if (HtmlTokens.IsSpace(c)) { _spacePending = true; }
            else if (!Characters.IsInvisible(c)) { Write(c == '\u00a0' ? ' ' : c); }
        }
    }

    private void Write(char c)
    {
        if (_text.Length == _lineStart)
        {
            for (var i = 0; i < Math.Min(_quoteDepth, MaxQuoteDepth); i++) { _text.Append('>'); }
            if (_quoteDepth > 0) { _text.Append(' '); }
        }
        else if (_spacePending && _text[^1] != ' ') { _text.Append(' '); }

        _spacePending = false;
        _text.Append(c);
    }

    private void Write(string text)
    {
        foreach (var c in text) { Write(c); }
    }

    private void NewLine()
    {
        _text.Append('\n');
        _lineStart = _text.Length;
        _spacePending = false;
    }

    private void EndLine()
    {
        if (_text.Length > _lineStart) { NewLine(); }
        _spacePending = false;
    }

    private void EndParagraph()
    {
        EndLine();
        if (_text.Length > 1 && _text[^2] != '\n') { NewLine(); }
    }

    private void StartLink(ReadOnlySpan<char> content)
    {
        _link = SafeUrls.Link(Attribute(content, "href"));
        _linkStart = _text.Length;
    }

    private void EndLink()
    {
        var shown = _linkStart <= _text.Length ? _text.ToString(_linkStart, _text.Length - _linkStart).Trim() : "";
        if (_link is { } link && shown.Length > 0 && !link.Contains(shown, StringComparison.OrdinalIgnoreCase)) { Write($" <{link}>"); }
        _link = null;
    }

    private static string Attribute(ReadOnlySpan<char> content, string name)
    {
        var attributes = new HtmlAttributes(content);
        for (var count = 0; count < RenderingLimits.AttributesPerTag && attributes.Next(); count++)
        {
            if (attributes.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) { return HtmlReferences.Decode(attributes.Value, inAttribute: true); }
        }

        return "";
    }
}
