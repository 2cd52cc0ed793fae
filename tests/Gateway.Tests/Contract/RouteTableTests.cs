using System.Text.RegularExpressions;
using Gateway.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Contract;

/// <summary>Walks the route table: what an operation must say about itself, it says.</summary>
public sealed partial class RouteTableTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static readonly string[] Anonymous = ["Discover", "SignIn"];

    private static readonly string[] Verbs = ["Add", "Cancel", "Check", "Delete", "Discover", "Empty", "Forward", "Get", "Import", "List", "Preview", "Replay", "Reply", "Retry", "Send", "Sign", "Stream", "Submit", "Test", "Undo", "Unsubscribe", "Update"];

    private RouteEndpoint[] Operations => Under("/v1/");

    [Fact]
    public void Every_operation_asks_for_a_scope_or_is_known_to_be_anonymous()
    {
        Assert.NotEmpty(Operations);
        Assert.All(Operations.Concat(Under("/hubs/")), endpoint => Assert.True(
            ScopeOf(endpoint) is > Scopes.None || (Anonymous.Contains(NameOf(endpoint)) && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null),
            $"{endpoint.DisplayName} lets anyone in"));
        Assert.Equal(Anonymous, Operations.Where(o => o.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(NameOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_takes_no_credentials_is_limited_like_a_sign_in() => Assert.All(
        Operations.Where(o => o.Metadata.GetMetadata<IAllowAnonymous>() is not null),
        o => Assert.Equal(RateLimits.SignIn, o.Metadata.GetMetadata<Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute>()?.PolicyName));

    [Fact]
    public void Every_route_with_an_account_names_it_as_the_guard_expects() => Assert.All(
        Under("/v1/accounts/{"), o => Assert.Equal(ScopeRequirement.AccountParameter, o.RoutePattern.Parameters[0].Name));

    [Fact]
    public void Every_operation_id_is_a_verb_and_a_noun_and_used_once()
    {
        var names = Operations.Select(NameOf).ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.All(names, name => Assert.Contains(Words().Matches(name ?? "")[0].Value, Verbs));
        Assert.All(names, name => Assert.Matches("^([A-Z][a-z]+)+$", name));
    }

    [Fact]
    public void Every_operation_has_one_tag_and_a_summary() => Assert.All(Operations, operation =>
    {
        Assert.Single(operation.Metadata.GetMetadata<ITagsMetadata>()?.Tags ?? []);
        Assert.False(string.IsNullOrWhiteSpace(operation.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary), operation.DisplayName);
    });

    [Fact]
    public void Every_operation_declares_the_problems_that_any_request_can_meet() => Assert.All(Operations, operation =>
    {
        var declared = operation.Metadata.OfType<IProducesResponseTypeMetadata>().Where(m => m.Type == typeof(Problem)).Select(m => m.StatusCode).ToHashSet();
        var expected = new List<int> { 400, 429 };
        if (ScopeOf(operation) is > Scopes.None) { expected.AddRange([401, 403]); }

        if (operation.Metadata.GetMetadata<IAcceptsMetadata>() is not null) { expected.Add(413); }

        if (operation.RoutePattern.Parameters.Count > 0) { expected.Add(404); }

        Assert.Empty(expected.Except(declared).Select(status => $"{NameOf(operation)}: {status}"));
    });

    private RouteEndpoint[] Under(string prefix) =>
        [.. gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => $"/{e.RoutePattern.RawText?.Trim('/')}/".StartsWith(prefix, StringComparison.Ordinal))];

    private static Scopes? ScopeOf(RouteEndpoint endpoint) => endpoint.Metadata.OfType<AuthorizationPolicy>()
        .SelectMany(p => p.Requirements).OfType<ScopeRequirement>().Select(r => (Scopes?)r.Scope).SingleOrDefault();

    private static string? NameOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;

    [GeneratedRegex("[A-Z][a-z]*")]
    private static partial Regex Words();
}
