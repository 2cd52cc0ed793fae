using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Gateway.Http;

/// <summary>Says a refused request in problem details.</summary>
internal sealed class AuthorizationProblems : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) { return next(context); }

        if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Unauthenticated.ExecuteAsync(context);
        }

        var outOfReach = authorizeResult.AuthorizationFailure?.FailureReasons.Contains(ScopeRequirement.OutOfReach) == true;
        return (outOfReach ? Problems.AccountNotFound : Problems.InsufficientScope).ExecuteAsync(context);
    }
}
