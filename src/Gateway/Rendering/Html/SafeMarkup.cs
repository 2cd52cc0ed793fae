using System.Text;
using Gateway.Rendering.Css;

namespace Gateway.Rendering.Html;

/// <summary>
/// Reads a message's markup and writes in the same pass what of it is safe: tags and attributes that are allowed by name,
/// text and values escaped, everything nested so that a parser has nothing to repair.
/// </summary>
/// <remarks>
/// Markup that is read again and then means something else needs a place where parsers change their rules: raw text,
/// foreign elements, templates, comments, or a tag they move. None of them is ever written but a tidied style, whose
/// text holds no less-than sign; and no text of the message gets through without being escaped.
/// </remarks>
internal sealed class SafeMarkup
{
    private readonly Markup _markup;
    private readonly HtmlNesting _nesting;
    private readonly SafeAttributes _attributes;
    private readonly CssTidying _css = new();
    private readonly Markup _sheets = new(0);

    /// <summary>Attributes of the block that stands for the body.</summary>
    private readonly Markup _block = new(0);

    /// <summary>Attributes of all the body's tags.</summary>
    private readonly StringBuilder _body = new();

    /// <summary>The media attribute of the style that is being read.</summary>
    private string _media = "";

    /// <summary>Where the text of a pre element begins, which is no line end.</summary>
    private int _afterPre = -1;

    /// <param name="length">Of what is to be read.</param>
    /// <param name="cidUrl">Where the inline part with a content id is served, or null when there is none.</param>
    public SafeMarkup(int length, Func<string, string?> cidUrl)
    {
        _markup = new(length + length / 8);
        _nesting = new(_markup);
        _attributes = new(cidUrl, _css);
    }

    public int RemoteLoads => _attributes.RemoteLoads + _css.RemoteLoads;

    public bool StylesDropped => _css.Dropped;

    /// <summary>False when it would become too deep or too large.</summary>
    public bool Read(ReadOnlySpan<char> html)
    {
        var tokens = new HtmlTokens(html);
        while (tokens.Next())
        {
            switch (tokens.Kind)
            {
                case HtmlTokenKind.Text: Text(tokens.Content); break;
                case HtmlTokenKind.StartTag: Start(tokens.Tag, tokens.Content); break;
                case HtmlTokenKind.EndTag when tokens.Name == "br": Start(tokens.Tag, []); break; // as every parser does
                case HtmlTokenKind.EndTag when tokens.Tag.Is(HtmlTraits.Kept): _nesting.End(tokens.Tag); break;
                case HtmlTokenKind.RawText when tokens.Name == "style": Sheet(tokens.Content); break;
            }

            if (_nesting.Exceeded) { return false; }
        }

        _nesting.End();
        _attributes.Write(_block, HtmlTag.Find("div"), BodyBlock.Attributes(_body.ToString()));
        return true;
    }

    /// <summary>The fragment: styles in front, then what the body looked like as a block around the rest.</summary>
    public override string ToString() =>
        _block.Length == 0 ? _markup.Between(_sheets[..], "") : _markup.Between(_sheets.Write("<div").Write(_block[..]).Write(">")[..], "</div>");

    private void Text(ReadOnlySpan<char> text)
    {
        if (!_nesting.Text(text)) { return; }

        // A line end would be dropped by the next parser, and one more by the one after it.
        if (_markup.Length == _afterPre) { _markup.Text(HtmlReferences.Decode(text, inAttribute: false).TrimStart(['\r', '\n', '\0']), isMarkup: false); }
        else { _markup.Text(text, isMarkup: true); }
    }

    private void Start(HtmlTag tag, ReadOnlySpan<char> content)
    {
        if (tag.Name == "style") { _media = Media(content); }
        else if (tag.Name == "body") { _body.Append(' ').Append(content); }
        else if (!tag.Is(HtmlTraits.Kept) || !_nesting.Start(tag)) { _attributes.LeaveOut(content); }
        else
        {
            var start = _markup.Length;
            _markup.Write("<").Write(tag.Name);
            _attributes.Write(_markup, tag, content);
            _markup.Write(">");
            _nesting.Started(tag, start);
            if (tag.Name == "pre") { _afterPre = _markup.Length; }
        }
    }

    private void Sheet(ReadOnlySpan<char> content)
    {
        var media = CssTidying.Media(_media);
        var css = _css.Sheet(content.ToString());
        if (css.Length == 0 || (media.Length == 0 && !string.IsNullOrWhiteSpace(_media))) { return; }

        _sheets.Write("<style");
        if (media.Length > 0) { _sheets.Attribute("media", media); }
        _sheets.Write(">").Write(css).Write("</style>");
    }

    private static string Media(ReadOnlySpan<char> tag)
    {
        var attributes = new HtmlAttributes(tag);
        for (var read = 0; read < RenderingLimits.AttributesPerTag && attributes.Next(); read++)
        {
            if (attributes.Name.Equals("media", StringComparison.OrdinalIgnoreCase)) { return HtmlReferences.Decode(attributes.Value, inAttribute: true); }
        }

        return "";
    }
}
