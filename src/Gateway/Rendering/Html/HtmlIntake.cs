using System.Collections.Frozen;
using System.Text;

namespace Gateway.Rendering.Html;

/// <summary>
/// The first look at a message's markup: one linear pass that writes it again in one canonical form, so that the
/// parser behind it has nothing left to read in two ways, and that stops where the limits do.
/// </summary>
/// <remarks>This is no sanitiser: it only settles what is a tag and what is text. Sanitising works on the tree, later.</remarks>
internal static class HtmlIntake
{
    /// <summary>These switch the parser to other rules for what follows; without them there is one set of rules.</summary>
    private static readonly FrozenSet<string> Unwrapped = new[]
    {
        "svg", "math", "template", "select", "option", "optgroup", "frameset", "frame", "plaintext", "noscript",
        "input", "keygen", "script",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The canonical markup, or null when the tree would be too deep or too large.</summary>
    public static string? Read(ReadOnlySpan<char> html)
    {
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
                case HtmlTokenKind.EndTag when IsKept(tokens.Name):
                    nesting.End(tokens.Name);
                    markup.Append("</").Append(tokens.Name).Append('>');
                    break;
            }

            if (nesting.Exceeded) { return null; }
        }

        return markup.ToString();
    }

    /// <summary>Raw text elements are written, or left out, together with their content.</summary>
    private static bool IsKept(string name)
    {
        if (name.Length == 0 || Unwrapped.Contains(name) || HtmlNames.RawText.Contains(name)) { return false; }
        foreach (var c in name)
        {
            if (!IsNameCharacter(c)) { return false; }
        }

        return true;
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
