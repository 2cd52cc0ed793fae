using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Http;

/// <summary>
/// The empty page that the webmail shows each message in. The webmail puts nodes into it; it never holds script of
/// its own, so it may share the webmail's origin, which is what lets the webmail measure, print and handle clicks.
/// </summary>
internal static class MessageFrame
{
    /// <summary>For the sandbox attribute of the frame: never scripts, forms, downloads or top navigation.</summary>
    public const string Sandbox = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

    /// <summary>
    /// No host at all may be loaded from, not even this one: with 'self' a style of the message could call our own API.
    /// Inline images reach the frame as blobs. A header, because a policy in the page comes later and can do less.
    /// </summary>
    public const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src 'none'; form-action 'none'; base-uri 'none'; "
        + "frame-ancestors 'self'; sandbox " + Sandbox + " allow-modals"; // the webmail prints such a frame; those it shows do not allow it

    /// <summary>Mail is written for a white page; the webmail sets the class where a message is plain enough to be dark.</summary>
    private const string Page = """
        <!doctype html>
        <html lang="">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="referrer" content="no-referrer">
        <title>Message</title>
        <style>
        :root { color-scheme: light }
        :root.dark { color-scheme: dark }
        body { margin: 0; font: 14px/1.5 system-ui, sans-serif; overflow-wrap: break-word }
        img { max-width: 100%; height: auto }
        pre { white-space: pre-wrap }
        </style>
        </head>
        <body></body>
        </html>

        """;

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Page);

    public static void MapMessageFrame(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/message-frame.html", Send).ExcludeFromDescription().AllowAnonymous();

    private static FileContentHttpResult Send(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Bytes(Bytes, "text/html; charset=utf-8");
    }
}
