using System.Net.Mime;
using Gateway.Http;
using Gateway.Rendering;
using Gateway.TestKit.Hostile;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gateway.BrowserTests.Hostile;

/// <summary>The pages that messages are put into. Any other path is one of "our own routes", which no message may call.</summary>
internal static class TestPages
{
    public const string Plain = "/plain.html";
    public const string App = "/app.html";
    public const string Fence = "/fence";
    public const string Raw = "/raw/";
    private const string Frame = "/message-frame.html";

    private const string Head = "<!doctype html><meta charset=utf-8><link rel=icon href=\"data:,\">";

    /// <summary>Writes down what was parsed in the spelling of our own markup: browsers differ in theirs.</summary>
    public const string ReadTrees =
        """
        fragments => {
          const escape = text => text.replace(/&/g, '&amp;').replace(/\u00a0/g, '&nbsp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
          const empty = new Set(['area', 'br', 'col', 'hr', 'img', 'wbr']);
          const attribute = one => ` ${one.name}="${escape(one.value).replace(/"/g, '&quot;')}"`;
          const content = node => [...node.childNodes].map(write).join('');
          const write = node => node.nodeType === Node.TEXT_NODE
            ? (node.parentNode.localName === 'style' ? node.data : escape(node.data))
            : node.nodeType !== Node.ELEMENT_NODE || node.namespaceURI !== 'http://www.w3.org/1999/xhtml'
              ? `[${node.nodeName}]`
              : `<${node.localName}${[...node.attributes].map(attribute).join('')}>` + (empty.has(node.localName) ? '' : `${content(node)}</${node.localName}>`);
          return fragments.flatMap(html => ['', '<!doctype html>'].map(mode =>
            content(new DOMParser().parseFromString(`${mode}<body><div>${html}</div><i></i>`, 'text/html').body)));
        }
        """;

    public static bool IsKnown(string request) =>
        request is Plain or App or Fence or Frame or "/favicon.ico" || request.StartsWith(Raw, StringComparison.Ordinal);

    public static void Map(WebApplication app, Func<string> listener)
    {
        app.MapGet(Plain, () => Results.Text(Head + "<body></body>", MediaTypeNames.Text.Html));
        app.MapGet(App, (HttpContext context) =>
        {
            // One policy name more than the webmail's: without it the test itself could put no markup anywhere.
            context.Response.Headers.ContentSecurityPolicy =
                Webmail.PagePolicy.Replace("trusted-types ", "trusted-types test ", StringComparison.Ordinal);
            return Results.Text($"{Head}<iframe src=\"{Frame}\" sandbox=\"{MessageFrame.Sandbox}\" width=800 height=600></iframe>", MediaTypeNames.Text.Html);
        });
        app.MapGet(Fence, () => Results.NoContent());
        app.MapGet(Raw + "{name}", (string name) => Results.Text(Html(name, listener()), MediaTypeNames.Text.Html));
        app.MapMessageFrame();
    }

    /// <summary>The HTML of a message as it was sent. Each message has its own path at the listener, so a load names its cause.</summary>
    public static string Html(string name, string listener) =>
        HostileMails.All.Single(mail => mail.Name == name).Body($"{listener}/{name}") is { IsHtml: true } body
            ? CharsetDecoding.Decode(body.Bytes, body.Charset).Text
            : "";
}
