using System.Net;
using System.Text;

namespace Gateway.Rendering.Html;

/// <summary>
/// The first look at a message's markup: one linear pass that writes it again in one canonical form, so that the
/// parser behind it has nothing left to read in two ways, and that stops where the limits do.
/// </summary>
/// <remarks>
/// Tags that may not stay anyway are not written: SVG, MathML, templates, forms and their like switch the parser to
/// other rules, and without them there is one set of rules. Sanitising works on the tree, later, and trusts none of this.
/// </remarks>
internal static class HtmlIntake
{
    /// <summary>The canonical markup, or null when the tree would be too deep or too large.</summary>
    /// <param name="html">The message's markup.</param>
    /// <param name="remoteLoads">How many addresses elsewhere stood in tags that are not written.</param>
    public static string? Read(ReadOnlySpan<char> html, out int remoteLoads)
    {
        remoteLoads = 0;
        var markup = new StringBuilder(html.Length + html.Length / 8);
        var nesting = new HtmlNesting();
        var media = "";
        var tokens = new HtmlTokens(html);
        while (tokens.Next())
        {
            switch (tokens.Kind)
            {
                case HtmlTokenKind.Text:
                    nesting.Text();
                    AppendText(markup, tokens.Content);
                    break;
                case HtmlTokenKind.StartTag when tokens.Name == "style":
                    media = Media(tokens.Content);
                    break;
                case HtmlTokenKind.RawText when tokens.Name == "style":
                    markup.Append("<style media=\"");
                    AppendQuoted(markup, media);
                    markup.Append("\">").Append(tokens.Content).Append("</style>");
                    break;
                case HtmlTokenKind.StartTag when IsKept(tokens.Name):
                    AppendStart(markup, nesting, tokens.Name, tokens.Content);
                    break;
                case HtmlTokenKind.StartTag:
                    remoteLoads += CountLoads(tokens.Content);
                    break;
                case HtmlTokenKind.EndTag when IsKept(tokens.Name):
                    nesting.End(tokens.Name);
                    markup.Append("</").Append(tokens.Name).Append('>');
                    break;
            }

            if (nesting.Exceeded) { return null; }
        }

        return markup.ToString();
    }

    private static bool IsKept(string name) => name == "body" || HtmlRules.Tags.Contains(name);

    private static int CountLoads(ReadOnlySpan<char> tag)
    {
        var count = 0;
        var attributes = new HtmlAttributes(tag);
        for (var read = 0; read < RenderingLimits.AttributesPerTag && attributes.Next(); read++)
        {
            if (SafeUrls.IsLoadingAttribute(attributes.Name) && SafeUrls.Remote(WebUtility.HtmlDecode(attributes.Value.ToString())) is not null) { count++; }
        }

        return count;
    }

    private static string Media(ReadOnlySpan<char> tag)
    {
        var attributes = new HtmlAttributes(tag);
        for (var count = 0; count < RenderingLimits.AttributesPerTag && attributes.Next(); count++)
        {
            if (attributes.Name.Equals("media", StringComparison.OrdinalIgnoreCase)) { return attributes.Value.ToString(); }
        }

        return "";
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or ':';

    private static void AppendText(StringBuilder markup, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c == '<') { markup.Append("&lt;"); }
            else if (c != '\0') { markup.Append(c); }
        }
    }

    private static void AppendStart(StringBuilder markup, HtmlNesting nesting, string name, ReadOnlySpan<char> content)
    {
        var start = markup.Length;
        markup.Append('<').Append(name);
        var attributes = new HtmlAttributes(content);
        for (var count = 0; count < RenderingLimits.AttributesPerTag && attributes.Next(); count++)
        {
            var attribute = HtmlNames.Lower(attributes.Name);
            if (attribute.Length == 0 || !attribute.All(IsNameCharacter)) { continue; }
            markup.Append(' ').Append(attribute).Append("=\"");
            AppendQuoted(markup, attributes.Value);
            markup.Append('"');
        }

        markup.Append('>');
        nesting.Start(name, HtmlNames.Formatting.Contains(name) ? markup.ToString(start, markup.Length - start) : "");
    }

    private static void AppendQuoted(StringBuilder markup, ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (c == '"') { markup.Append("&quot;"); }
            else if (c != '\0') { markup.Append(c); }
        }
    }
}
