using Gateway.Features.Accounts;
using Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Discovery;

internal static class Discover
{
    public static void Map(IEndpointRouteBuilder discovery) => discovery.MapGet("", HandleAsync)
        .WithName("Discover").WithSummary("Find the mail servers of an address; no password is asked for or sent")
        .AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);

    /// <param name="email">The address to find servers for.</param>
    internal static async Task<Results<Ok<DiscoveredServers>, ProblemHttpResult>> HandleAsync(string email, ServerDiscovery discovery, CancellationToken ct)
    {
        var checks = new Checks();
        checks.Email("", email);
        if (!checks.Passed) { return Problems.Malformed(new(null, "email", checks.Faults[0].Detail)); }

        return await discovery.FindAsync(email, ct) is { } found
            ? TypedResults.Ok(found)
            : Problems.DiscoveryFailed("Neither presets, DNS, the domain's autoconfig nor the public database name its servers.");
    }
}
