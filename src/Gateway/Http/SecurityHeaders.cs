namespace Gateway.Http;

/// <summary>Headers that hold for every answer; a page or a download sets its own policy over them.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string NothingPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Swagger UI starts itself by an inline script.</summary>
    private const string DocsPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/docs") ? DocsPolicy : NothingPolicy;
        if (context.Request.Path.StartsWithSegments("/v1")) { headers.CacheControl = "no-store"; }

        if (context.Request.IsHttps) { headers.StrictTransportSecurity = "max-age=31536000"; }

        return next(context);
    }
}
