using Gateway.Features.Session;

namespace Gateway.Http;

/// <summary>Stops another site from riding a webmail session: unsafe methods need the anti-forgery token, the hub its own origin.</summary>
internal sealed class SessionGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.User is not CallerPrincipal { Caller.Session: not null }) { return next(context); }

        var request = context.Request;
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (request.Path.StartsWithSegments("/hubs")) { return SameOrigin(request) ? next(context) : Problems.ForeignOrigin.ExecuteAsync(context); }

        return safe || (SameOrigin(request) && AntiforgeryToken.IsValid(request))
            ? next(context)
            : Problems.AntiforgeryFailed.ExecuteAsync(context);
    }

    private static bool SameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin")) { return false; }

        return request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
