using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Gateway.Rendering.Html;

/// <summary>A fragment has no body element, so what the message said about its own moves to a block around the content.</summary>
internal static class BodyStyle
{
    private static readonly string[] Moved = ["class", "dir", "lang", "id"];

    public static void Wrap(IHtmlDocument document, IHtmlElement body)
    {
        if (body.Attributes.Length == 0) { return; }

        var block = document.CreateElement("div");
        foreach (var name in Moved)
        {
            if (body.GetAttribute(name) is { } value) { block.SetAttribute(name, value); }
        }

        // Judged later like any other style of the message.
        var style = Declaration("background-color", body.GetAttribute("bgcolor"))
            + Declaration("color", body.GetAttribute("text"))
            + body.GetAttribute("style");
        if (style.Length > 0) { block.SetAttribute("style", style); }
        if (body.GetAttribute("background") is { } background) { block.SetAttribute("background", background); } // to be counted

        while (body.FirstChild is { } child) { block.AppendChild(child); }
        body.AppendChild(block);
        foreach (var attribute in body.Attributes.ToArray()) { body.RemoveAttribute(attribute.Name); }
    }

    private static string Declaration(string property, string? value) =>
        string.IsNullOrWhiteSpace(value) ? "" : $"{property}:{value};";
}
