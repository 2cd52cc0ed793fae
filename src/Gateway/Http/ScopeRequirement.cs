using Gateway.Mail;
using Microsoft.AspNetCore.Authorization;

namespace Gateway.Http;

/// <summary>The caller holds the scope, or one of several, and, where the route names an account, reaches it.</summary>
internal sealed record ScopeRequirement(Scopes Scope) : IAuthorizationRequirement
{
    public const string AccountParameter = "accountId";

    /// <summary>An authorised caller asked for an account out of reach: told as if it did not exist.</summary>
    public static readonly AuthorizationFailureReason OutOfReach = new(null!, "out of reach");

    internal sealed class Handler : AuthorizationHandler<ScopeRequirement, HttpContext>
    {
        protected override Task HandleRequirementAsync(
            AuthorizationHandlerContext context, ScopeRequirement requirement, HttpContext resource)
        {
            if (context.User is not CallerPrincipal { Caller: var caller } || !caller.May(requirement.Scope)) { return Task.CompletedTask; }

            if (AccountId.TryParse(resource.GetRouteValue(AccountParameter) as string, null, out var account) && !caller.Reaches(account))
            {
                context.Fail(OutOfReach);
                return Task.CompletedTask;
            }

            context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
