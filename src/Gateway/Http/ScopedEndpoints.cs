using Microsoft.AspNetCore.Authorization;

namespace Gateway.Http;

internal static class ScopedEndpoints
{
    /// <summary>Lets only callers with the scope in, or one of several, and, where the route holds <c>{accountId}</c>, only to accounts within their reach.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, Scopes scope) where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(new AuthorizationPolicyBuilder(CallerAuthentication.SchemeName)
            .RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scope)).Build());
}
