namespace Gateway.Http;

internal static class HttpContextCaller
{
    /// <summary>The caller of an authorised request.</summary>
    public static Caller Caller(this HttpContext context) => ((CallerPrincipal)context.User).Caller;
}
