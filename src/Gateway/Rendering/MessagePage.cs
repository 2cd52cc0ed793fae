using System.Globalization;
using System.Net;
using System.Text;
using Gateway.Rendering.Text;

namespace Gateway.Rendering;

/// <summary>A message as a page of its own.</summary>
internal static class MessagePage
{
    /// <summary>
    /// Nothing is loaded from any host, not even this one: a style of the message could call our own API. The sandbox
    /// gives the page an origin of its own, so that whoever opens its address is not signed in on it.
    /// </summary>
    public const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

    private const string Begin = """
        <!doctype html>
        <html>
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="referrer" content="no-referrer">
        """;

    private const string Style = """
        <style>
        :root { color-scheme: light }
        body { margin: 0; font: 14px/1.5 system-ui, sans-serif; overflow-wrap: break-word }
        img { max-width: 100%; height: auto }
        pre { white-space: pre-wrap }
        header { margin: 0 0 1em; border-bottom: 1px solid; white-space: pre-wrap; unicode-bidi: isolate }
        header h1 { font-size: 1.3em; margin: 0 }
        @page { margin: 15mm }
        @media print { a { color: inherit } img, tr { break-inside: avoid } }
        </style>
        """;

    /// <param name="subject">Stands in the title, and over the message where there is a header block.</param>
    /// <param name="lines">Names and values of the header block for paper; empty for none. Values are any text.</param>
    /// <param name="html">A fragment that is safe to show; null shows the text.</param>
    /// <param name="text">The plain text.</param>
    public static string Of(string subject, IReadOnlyList<(string Name, string Value)> lines, string? html, string? text)
    {
        var page = new StringBuilder(Begin);
        page.Append(CultureInfo.InvariantCulture, $"<title>{Encoded(subject)}</title>\n{Style}\n</head>\n<body>\n");
        if (lines.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<header><h1><bdi>{Encoded(subject)}</bdi></h1>");
            foreach (var (name, value) in lines) { page.Append(CultureInfo.InvariantCulture, $"<div><b>{Encoded(name)}:</b> <bdi>{Encoded(value)}</bdi></div>"); }

            page.Append("</header>\n");
        }

        page.Append(html ?? $"<pre>{WebUtility.HtmlEncode(text)}</pre>");
        return page.Append("\n</body>\n</html>\n").ToString();
    }

    private static string Encoded(string value) => WebUtility.HtmlEncode(Characters.Line(value));
}
