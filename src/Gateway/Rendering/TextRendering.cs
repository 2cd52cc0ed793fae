using Gateway.Rendering.Text;

namespace Gateway.Rendering;

/// <summary>Text as people read it: from a text part, from HTML, and the first words of either.</summary>
internal static class TextRendering
{
    /// <summary>The text of a message, with one kind of line end, no control characters, and cut where it is too long.</summary>
    public static SafeText FromText(string text)
    {
        var clean = Characters.Body(CutAt(text, RenderingLimits.TextLength));
        return text.Length <= RenderingLimits.TextLength
            ? new SafeText(clean, [])
            : new SafeText(clean, [new Defect(DefectCodes.TextTruncated, "The message is too long; only its first 512 KB are shown.")]);
    }

    /// <summary>What the HTML says, without its looks: blocks become lines, quotes get their signs, links keep their address.</summary>
    /// <remarks>One linear pass over the markup and no tree, so that it is also the way out when the tree would be too much.</remarks>
    public static string FromHtml(string html) => HtmlText.Read(html);

    /// <summary>The first words of a text for a list row: one line, without quotes, addresses and invisible characters.</summary>
    public static string Preview(string text) => PreviewText.Read(text);

    /// <summary>At most so long, and never through the middle of a character.</summary>
    public static string CutAt(string text, int length)
    {
        if (text.Length <= length) { return text; }
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }
}
