using System.Net;
using Gateway.Rendering.Html;
using Gateway.Rendering.Text;

namespace Gateway.Rendering;

/// <summary>Turns the HTML of a message into a fragment that can be shown, whatever the HTML was.</summary>
/// <remarks>
/// The browser sanitises once more and shows the result in a frame that may neither run nor load anything: this is one
/// wall of three. Its own promise is that nothing runs, loads, navigates or paints over even without the others.
/// </remarks>
internal static class HtmlRendering
{
    /// <param name="html">The decoded HTML part. Whatever it is, the time it takes grows with its length alone.</param>
    /// <param name="cidUrl">Where the inline part with a content id is served, or null when there is none.</param>
    public static SafeHtml Render(string html, Func<string, string?> cidUrl)
    {
        var defects = new List<Defect>();
        if (html.Length > RenderingLimits.HtmlLength)
        {
            html = TextRendering.CutAt(html, RenderingLimits.HtmlLength);
            defects.Add(new Defect(DefectCodes.HtmlTruncated, "The message is too long; only its first 512 KB are shown."));
        }

        var markup = new SafeMarkup(html.Length, cidUrl);
        if (!markup.Read(html)) { return AsText(html, defects); }

        if (markup.StylesDropped) { defects.Add(new Defect(DefectCodes.StyleDropped, "Some of the message's styles were too large to keep.")); }

        return new SafeHtml(markup.ToString(), markup.RemoteLoads, defects);
    }

    private static SafeHtml AsText(string html, IReadOnlyList<Defect> defects)
    {
        var text = WebUtility.HtmlEncode(TextRendering.FromHtml(TextRendering.CutAt(html, RenderingLimits.HtmlLength)));
        return new SafeHtml(
            $"<div style=\"white-space:pre-wrap\">{text}</div>",
            0,
            [.. defects, new Defect(DefectCodes.HtmlTooComplex, "The message's HTML is too complex to show; this is its text.")]);
    }
}
