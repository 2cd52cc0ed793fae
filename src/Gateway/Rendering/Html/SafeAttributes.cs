using Gateway.Rendering.Css;

namespace Gateway.Rendering.Html;

/// <summary>Writes of a tag's attributes what is safe. Most may be anything; styles, names and addresses are judged by their value and written anew.</summary>
internal sealed class SafeAttributes(Func<string, string?> cidUrl, CssTidying css)
{
    /// <summary>How many addresses elsewhere were taken out.</summary>
    public int RemoteLoads { get; private set; }

    /// <param name="tag">Whose they are.</param>
    /// <param name="content">As the message wrote them.</param>
    public void Write(Markup markup, HtmlTag tag, ReadOnlySpan<char> content)
    {
        ReadOnlySpan<char> id = [], link = [], map = [], name = [], source = [], style = [];
        var (seen, loads) = (UInt128.Zero, 0);
        var attributes = new HtmlAttributes(content);
        for (var read = 0; read < RenderingLimits.AttributesPerTag && attributes.Next(); read++)
        {
            if (HtmlRules.Attribute(attributes.Name) is not { } known || (seen & known.Bit) != 0) { continue; }

            seen |= known.Bit;
            var value = attributes.Value;
            switch (known.Use)
            {
                case HtmlAttributeUse.Plain: markup.GivenAttribute(known.Name, value); break;
                case HtmlAttributeUse.Cite: Write(markup, known.Name, SafeUrls.Link(Meaning(value))); break;
                case HtmlAttributeUse.Id: id = value; break;
                case HtmlAttributeUse.Link: link = value; break;
                case HtmlAttributeUse.Map: map = value; break;
                case HtmlAttributeUse.Name: name = value; break;
                case HtmlAttributeUse.Source: source = value; break;
                case HtmlAttributeUse.Style: style = value; break;
            }

            loads += IsLoad(known, value) ? 1 : 0;
        }

        if (tag.Name == "img") { WriteImage(markup, source, map, loads); }
        else if (tag.Name is "a" or "area") { WriteLink(markup, link); }
        else { RemoteLoads += loads; }

        if (!style.IsEmpty) { WriteStyle(markup, style); }
        if (!id.IsEmpty) { Write(markup, "id", ClobberSafe.Name(Meaning(id))); }
        if (!name.IsEmpty && tag.Name is "a" or "map") { Write(markup, "name", ClobberSafe.Name(Meaning(name))); }
    }

    /// <summary>Looks at the attributes of a tag that is not written.</summary>
    public void LeaveOut(ReadOnlySpan<char> content)
    {
        var attributes = new HtmlAttributes(content);
        for (var read = 0; read < RenderingLimits.AttributesPerTag && attributes.Next(); read++)
        {
            if (HtmlRules.Attribute(attributes.Name) is { } known && IsLoad(known, attributes.Value)) { RemoteLoads++; }
        }
    }

    private static string Meaning(ReadOnlySpan<char> value) => HtmlReferences.Decode(value, inAttribute: true);

    private static bool IsLoad(HtmlAttribute attribute, ReadOnlySpan<char> value) =>
        attribute.Use is HtmlAttributeUse.Load or HtmlAttributeUse.Source or HtmlAttributeUse.Link && SafeUrls.Remote(Meaning(value)) is not null;

    private static void Write(Markup markup, string name, string? value)
    {
        if (value is not null) { markup.Attribute(name, value); }
    }

    private void WriteImage(Markup markup, ReadOnlySpan<char> source, ReadOnlySpan<char> map, int loads)
    {
        var given = Meaning(source);
        if (SafeUrls.Remote(given) is { } remote)
        {
            markup.Attribute("data-remote-src", remote);
            RemoteLoads++;
        }
        else if (SafeUrls.ContentId(given) is { } contentId && cidUrl(contentId) is { } local) { markup.Attribute("src", local); }
        else if (RasterImages.IsData(given.AsSpan().Trim())) { markup.Attribute("src", given.AsSpan().Trim()); }
        else { RemoteLoads += loads; }

        if (Meaning(map) is ['#', .. var target] && ClobberSafe.Name(target) is { } name) { markup.Attribute("usemap", "#" + name); }
    }

    private static void WriteLink(Markup markup, ReadOnlySpan<char> link)
    {
        if (SafeUrls.Link(Meaning(link)) is not { } target) { return; }

        markup.Attribute("href", target);
        markup.Write(" target=\"_blank\" rel=\"noopener noreferrer\"");
    }

    private void WriteStyle(Markup markup, ReadOnlySpan<char> style)
    {
        var tidy = style.Contains('&') ? css.Inline(Meaning(style)) : css.Inline(style);
        if (tidy.Length > 0) { markup.Attribute("style", tidy); }
    }
}
