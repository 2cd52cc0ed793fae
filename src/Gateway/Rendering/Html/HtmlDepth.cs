using AngleSharp.Dom;

namespace Gateway.Rendering.Html;

/// <summary>
/// Looks at the tree that was really built. <see cref="HtmlNesting"/> foresees it from above; should the two ever
/// differ, what comes after (the sanitiser, and the browser's recursion) is still safe from the depth.
/// </summary>
internal static class HtmlDepth
{
    /// <summary>The parser adds html, body and the table parts that were left out.</summary>
    private const int Slack = 64;

    public static bool Exceeds(IDocument document)
    {
        var left = 8 * RenderingLimits.HtmlElements;
        var open = new Stack<(INode Node, int Depth)>([(document, 0)]);
        while (open.TryPop(out var next))
        {
            if (--left < 0 || next.Depth > RenderingLimits.HtmlDepth + Slack) { return true; }
            foreach (var child in next.Node.ChildNodes) { open.Push((child, next.Depth + 1)); }
        }

        return false;
    }
}
