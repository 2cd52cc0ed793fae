using CsCheck;
using Gateway.Rendering.Html;

namespace Gateway.Tests.Rendering;

/// <summary>Markup as nobody would write it who means well.</summary>
internal static class Soup
{
    private const string Others =
        "body html head svg math mi mtext annotation-xml foreignObject desc style script template select option optgroup form button input "
        + "textarea title noscript plaintext xmp iframe noembed noframes frameset frame object applet marquee embed image nobr ruby rt rb rtc rp "
        + "keygen listing fieldset legend label video audio source canvas dialog search slot o:p x-y";

    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.OneOfConst(HtmlRules.Tags.Split(' ')), Gen.OneOfConst(HtmlRules.Tags.Split(' ')),
        Gen.OneOfConst("table", "tr", "td", "caption", "colgroup", "col", "tbody", "p", "a", "b", "i", "font", "li", "ul", "h1", "pre", "div", "span"),
        Gen.OneOfConst(Others.Split(' ')));

    private static readonly Gen<string> Words = Gen.OneOfConst(
        "x", "yz", " ", "\n", "\r\n", "\t", "\0", "\f", "\u00a0", "\u2028", "\ud83d\ude00", "&amp;", "&lt;b&gt;", "&nbsp;", "&notit;", "&copy", "&#60;img src=x onerror=y&#62;", "&#0;", "&#13;", "&#xd800;",
        "&#x1f600;", "&", "&;", "&#", "<", "</", "<>", "</>", "<!--", "-->", "--!>", "<!-->", "<![CDATA[", "]]>", "<?x", "<!doctype html>", "\"", "'", "`", "=", ">", "/>",
        "</style", "</script>", "</br>", "</p>", "<p/>", "<a b='>", "<a b=\"", "{}", "\\", "/*");

    private static readonly Gen<string> Attributes = Gen.Select(
        Gen.OneOfConst("title", "class", "align", "width", "style", "href", "src", "background", "onclick", "onerror", "srcdoc", "xlink:href", "cite", "usemap", "TITLE", "x", "\"", "'", "<b", "=", "xmlns"),
        Gen.OneOfConst("", "1", "a b", "<b>", "\"", "'", "`", "&quot;><img src=x onerror=y>", "&lt;", "&amp;lt;", "\n", "\r", "\0", "javascript:x", "https://e.example/?a=1&copy=2&amp;b", "//e.example/x", "data:image/png;base64,AAAA",
            "color:red", "color:red;x:url(//e.example)", "position:fixed", "#m", "]]>", "--><b>", "\u00a0", "</style><b>"),
        Gen.OneOfConst("{0}=\"{1}\"", "{0}='{1}'", "{0}={1}", "{0}", "{0} = '{1}' ", "/{0}=\"{1}\"/"),
        (name, value, shape) => string.Format(null, shape, name, value));

    private static readonly Gen<string> Start = Gen.Select(Names, Attributes.List[0, 3], (name, attributes) => $"<{string.Join(' ', attributes.Prepend(name))}>");

    private static readonly Gen<string> End = Names.Select(name => $"</{name}>");

    private static readonly Gen<string> Piece = Gen.OneOf(Start, Start, Start, End, End, Words);

    /// <summary>A few pieces, some of them many times over, so that whatever stays open adds up.</summary>
    public static readonly Gen<string> Any = Gen.Select(
        Piece.List[1, 12], Gen.Int[1, 8], Piece.List[0, 12],
        (unit, times, rest) => string.Concat(Enumerable.Repeat(string.Concat(unit), times)) + string.Concat(rest));

    /// <summary>Formatting and blocks that overlap. Each letter of the text stands once, and no tag is there a fourth time: then parsers forget one.</summary>
    public static readonly Gen<string> Overlapping = Gen.OneOfConst("<b>", "</b>", "<i>", "</i>", "<a href=x>", "</a>", "<p>", "</p>", "<div>", "</div>", "<ul>", "<li>", "</li>", "</ul>", "*", "*", "*")
        .List[1, 14].Where(pieces => !pieces.GroupBy(piece => piece).Any(alike => alike.Key is "<b>" or "<i>" or "<a href=x>" && alike.Count() > 3)).Select(pieces => string.Concat(pieces.Select((piece, place) => piece == "*" ? $"{(char)('A' + place)}" : piece)));

    private static readonly Gen<string> Text = Gen.OneOfConst("x", "a b", "&lt;i&gt;", "&amp;amp;", "1 \" 2", "\u00e9", "\n  ", "&nbsp;");

    /// <summary>What a careful sender writes.</summary>
    public static readonly Gen<string> WellFormed = Flow(4).List[1, 4].Select(string.Concat);

    private static Gen<string> Flow(int depth) => depth == 0 ? Inline(1, true) : Gen.OneOf(
        Inline(2, true),
        Gen.Select(Gen.OneOfConst("div", "blockquote", "center", "section"), Inner(() => Flow(depth - 1)), Element),
        Gen.Select(Gen.OneOfConst("p", "h2", "pre"), Inner(() => Inline(2, true)), (name, inner) => Element(name, "x" + inner)),
        Gen.Select(Gen.OneOfConst("ul", "ol"), Inner(() => Inner(() => Flow(depth - 1)).Select(inner => Element("li", inner))), Element),
        Inner(() => Inner(() => Gen.Select(Gen.OneOfConst("td", "th"), Inner(() => Flow(depth - 1)), Element)).Select(cells => Element("tr", cells)))
            .Select(rows => Element("table", "\n" + Element("tbody", rows))));

    private static Gen<string> Inline(int depth, bool mayLink) => depth == 0 ? Text : Gen.OneOf(
        Text, Gen.OneOfConst("<br>", "<img alt=\"a &amp; b\" width=\"1\">"),
        Gen.Select(Gen.OneOfConst("b", "i", "font", "span", "em", "small"), Inner(() => Inline(depth - 1, mayLink)), Element),
        mayLink ? Inner(() => Inline(depth - 1, false)).Select(inner => Element("a", inner)) : Text);

    private static Gen<string> Inner(Func<Gen<string>> inner) => inner().List[0, 3].Select(string.Concat);

    private static string Element(string name, string inner) => $"<{name} title=\"{inner.Length}\">{inner}</{name}>";
}
