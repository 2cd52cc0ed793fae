using System.Net;
using AngleSharp;
using AngleSharp.Html.Parser;
using Ganss.Xss;
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
    /// <summary>Renders off the caller's thread, few at a time and within a budget; past it the message is shown as text.</summary>
    /// <param name="html">The decoded HTML part.</param>
    /// <param name="cidUrl">Where the inline part with a content id is served, or null when there is none.</param>
    /// <param name="clock">Measures the budget.</param>
    /// <param name="ct">Cancels the wait; a rendering that runs is left to its end.</param>
    public static Task<SafeHtml> RenderAsync(string html, Func<string, string?> cidUrl, TimeProvider clock, CancellationToken ct) =>
        RenderingGate.RunAsync(() => Render(html, cidUrl), () => AsText(html, []), RenderingLimits.HtmlBudget, clock, ct);

    public static SafeHtml Render(string html, Func<string, string?> cidUrl)
    {
        var defects = new List<Defect>();
        if (html.Length > RenderingLimits.HtmlLength)
        {
            html = TextRendering.CutAt(html, RenderingLimits.HtmlLength);
            defects.Add(new Defect(DefectCodes.HtmlTruncated, "The message is too long; only its first 512 KB are shown."));
        }

        if (HtmlIntake.Read(html, out var remoteLoads) is not { } markup) { return AsText(html, defects); }

        using var document = new HtmlParser().ParseDocument(markup);
        if (document.Body is not { } body || HtmlDepth.Exceeds(document)) { return AsText(html, defects); }

        BodyStyle.Wrap(document, body);
        var withheld = new Withheld(cidUrl);
        withheld.TakeFrom(document);
        HtmlRules.Sanitizer.SanitizeDom(document, body);
        withheld.PutBack(body);
        if (withheld.StylesDropped) { defects.Add(new Defect(DefectCodes.StyleDropped, "Some of the message's styles were too large to keep.")); }

        return new SafeHtml(body.ChildNodes.ToHtml(HtmlFormatter.Instance), remoteLoads + withheld.BlockedImages, defects);
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
