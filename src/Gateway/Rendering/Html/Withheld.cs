using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Gateway.Rendering.Css;

namespace Gateway.Rendering.Html;

/// <summary>
/// What is judged by its value and not by its name: styles, images, names, links. It is taken off the tree before the
/// sanitiser runs, which then can only take away, and what was found harmless is put back on the elements that stayed.
/// </summary>
internal sealed class Withheld(Func<string, string?> cidUrl)
{
    private readonly CssTidying _css = new();
    private readonly List<(IElement Element, string Attribute, string Value)> _kept = [];
    private readonly List<(string Css, string Media)> _sheets = [];
    private int _remoteLoads;

    public int BlockedImages => _remoteLoads + _css.RemoteLoads;

    public bool StylesDropped => _css.Dropped;

    public void TakeFrom(IHtmlDocument document)
    {
        foreach (var element in document.All.ToArray())
        {
            if (element is IHtmlStyleElement) { TakeSheet(element); }
            else if (element.Attributes.Length > 0) { TakeAttributes(element); }
        }
    }

    public void PutBack(IHtmlElement body)
    {
        foreach (var (element, attribute, value) in _kept)
        {
            if (body.Contains(element)) { element.SetAttribute(attribute, value); }
        }

        foreach (var (css, media) in Enumerable.Reverse(_sheets))
        {
            var style = body.Owner!.CreateElement("style");
            if (media.Length > 0) { style.SetAttribute("media", media); }
            style.TextContent = css;
            body.Prepend(style);
        }
    }

    private void TakeSheet(IElement style)
    {
        var given = style.GetAttribute("media") ?? "";
        var media = CssTidying.Media(given);
        var css = _css.Sheet(style.TextContent);
        style.Remove();
        if (css.Length > 0 && (media.Length > 0 || string.IsNullOrWhiteSpace(given))) { _sheets.Add((css, media)); }
    }

    private void TakeAttributes(IElement element)
    {
        if (element is IHtmlImageElement) { TakeImage(element); }
        else if (element is IHtmlAnchorElement or IHtmlAreaElement) { TakeLink(element); }
        else { CountLoads(element); }

        if (element.GetAttribute("style") is { } style && _css.Inline(style) is { Length: > 0 } tidy) { Keep(element, "style", tidy); }
        if (ClobberSafe.Name(element.GetAttribute("id")) is { } id) { Keep(element, "id", id); }
        if (element is IHtmlAnchorElement or IHtmlMapElement && ClobberSafe.Name(element.GetAttribute("name")) is { } name) { Keep(element, "name", name); }
        element.RemoveAttribute("style");
        element.RemoveAttribute("id");
        element.RemoveAttribute("name");
    }

    private void TakeImage(IElement image)
    {
        var source = image.GetAttribute("src");
        if (SafeUrls.Remote(source) is { } remote)
        {
            Keep(image, "data-remote-src", remote);
            _remoteLoads++;
        }
        else if (SafeUrls.ContentId(source) is { } contentId && cidUrl(contentId) is { } local) { Keep(image, "src", local); }
        else if (source is not null && RasterImages.IsData(source.AsSpan().Trim())) { Keep(image, "src", source.Trim()); }
        else { CountLoads(image); }

        if (image.GetAttribute("usemap") is ['#', .. var map] && ClobberSafe.Name(map) is { } name) { Keep(image, "usemap", "#" + name); }
        image.RemoveAttribute("src");
    }

    private void TakeLink(IElement link)
    {
        var target = SafeUrls.Link(link.GetAttribute("href"));
        link.RemoveAttribute("href");
        if (target is null) { return; }

        // It goes on before the sanitiser runs, so that two parsers have to agree that the address is harmless.
        link.SetAttribute("href", target);
        Keep(link, "target", "_blank");
        Keep(link, "rel", "noopener noreferrer");
    }

    private void CountLoads(IElement element)
    {
        foreach (var attribute in element.Attributes)
        {
            if (SafeUrls.IsLoadingAttribute(attribute.Name) && SafeUrls.Remote(attribute.Value) is not null) { _remoteLoads++; }
        }
    }

    private void Keep(IElement element, string attribute, string value) => _kept.Add((element, attribute, value));
}
