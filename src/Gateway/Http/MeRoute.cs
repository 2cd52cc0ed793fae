namespace Gateway.Http;

/// <summary>Puts the caller's only account where a route says <c>me</c>, before the route values are bound.</summary>
internal sealed class MeRoute(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetRouteValue(ScopeRequirement.AccountParameter) is "me"
            && context.User is CallerPrincipal { Caller.Me: { } me })
        {
            context.Request.RouteValues[ScopeRequirement.AccountParameter] = me.ToString();
        }

        return next(context);
    }
}
