using Gateway.Features.Session;
using Gateway.Mail;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Primitives;

namespace Gateway.Http;

/// <summary>Serves the built webmail from wwwroot: hashed assets for a year, the page itself always fresh.</summary>
internal static class Webmail
{
    // Trusted Types names: DOMPurify makes its own policy; Svelte's is for its compiled templates; the last names the service worker.
    internal const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; font-src 'self'; "
        + "frame-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types dompurify svelte-trusted-html gateway-worker";

    /// <summary>A service worker is held to the policy of its own script: it fetches what it keeps.</summary>
    internal const string WorkerPolicy = "default-src 'none'; connect-src 'self'";

    /// <summary>What reads PDF files, which anybody may have written, loads nothing at all; its decoders are compiled from bytes it is given.</summary>
    internal const string PdfWorkerPolicy = "default-src 'none'; script-src 'wasm-unsafe-eval'";

    /// <summary>Paths that the webmail's own router knows (webmail addresses can be reloaded and shared).</summary>
    private static readonly string[] Places = ["/", "/sign-in", "/mail/{**rest}", "/search", "/compose/{**rest}", "/settings/{**rest}", "/connect/{**rest}", "/admin/{**rest}"];

    public static void UseWebmailFiles(this WebApplication app) => 
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = SetHeaders, ContentTypeProvider = Types() });

    public static void MapWebmail(this WebApplication app)
    {
        foreach (var place in Places)
        {
            app.MapGet(place, (IWebHostEnvironment environment, HttpContext context) => SendPage(environment, context))
                .ExcludeFromDescription().AllowAnonymous();
        }
    }

    private static IResult SendPage(IWebHostEnvironment environment, HttpContext context)
    {
        var page = environment.WebRootFileProvider.GetFileInfo("index.html");
        if (!page.Exists || page.PhysicalPath is null)
        {
            return TypedResults.Text("The webmail is not built. Run: npm ci && npm run build (in web/). The API is described at /docs.", statusCode: 404);
        }

        context.Response.Headers.ContentSecurityPolicy = PagePolicy;
        context.Response.Headers.CacheControl = "no-cache";
        if (SessionCookie.Read(context.Request) is not null) { context.Response.Headers.Link = FirstAsked(context.Request); }

        return TypedResults.PhysicalFile(page.PhysicalPath, "text/html; charset=utf-8");
    }

    /// <summary>What the webmail asks for first: a browser that is told so asks while it reads the script that would.</summary>
    private static StringValues FirstAsked(HttpRequest request)
    {
        var account = request.Path.StartsWithSegments("/mail", out var rest) && AccountId.TryParse(rest.Value?.Split('/').ElementAtOrDefault(1), null, out var id) ? $"{id}" : "me";
        var collapse = request.Cookies["gateway-list"] == "messages" ? "false" : "true";
        return new([Preload("/v1/session"), Preload($"/v1/accounts/{account}/bootstrap?collapseThreads={collapse}")]);
    }

    private static string Preload(string path) => $"<{path}>; rel=preload; as=fetch; crossorigin";

    private static FileExtensionContentTypeProvider Types()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".mjs"] = "text/javascript";
        types.Mappings[".bcmap"] = types.Mappings[".pfb"] = "application/octet-stream"; // character maps and fonts for PDF files
        return types;
    }

    private static void SetHeaders(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        var hashed = file.Context.Request.Path.StartsWithSegments("/assets");
        headers.CacheControl = hashed ? "public, max-age=31536000, immutable" : "no-cache";
        if (file.File.Name == "service-worker.js") { headers.ContentSecurityPolicy = WorkerPolicy; }

        if (file.File.Name.StartsWith("pdf.worker", StringComparison.Ordinal)) { headers.ContentSecurityPolicy = PdfWorkerPolicy; }

        if (file.File.Name.EndsWith(".html", StringComparison.Ordinal)) { headers.ContentSecurityPolicy = PagePolicy; }
    }
}
