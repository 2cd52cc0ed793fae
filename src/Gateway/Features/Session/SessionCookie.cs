namespace Gateway.Features.Session;

/// <summary>The cookie of a webmail session. Over plain HTTP, which only loopback may use, browsers refuse the <c>__Host-</c> prefix.</summary>
internal static class SessionCookie
{
    private const string PlainName = "gateway-session";
    private const string SecureName = "__Host-" + PlainName;

    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)] is { Length: > 0 } secret ? secret : null;

    public static void Write(HttpContext context, string secret) =>
        context.Response.Cookies.Append(NameFor(context.Request), secret, OptionsFor(context.Request));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(NameFor(context.Request), OptionsFor(context.Request));

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private static CookieOptions OptionsFor(HttpRequest request) => new()
    {
        HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true,
    };
}
