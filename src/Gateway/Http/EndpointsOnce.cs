using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Gateway.Http;

/// <summary>All endpoints, built the first time anybody asks. A source of the framework compiles every handler anew for each who asks: authorization, routing and the API document.</summary>
internal sealed class EndpointsOnce : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> _endpoints;

    private EndpointsOnce(IReadOnlyList<EndpointDataSource> sources) => _endpoints = new(() => [.. sources.SelectMany(s => s.Endpoints)]);

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints.Value;

    /// <summary>Takes the place of all that was mapped; nothing may be mapped afterwards.</summary>
    public static void Replace(IEndpointRouteBuilder app)
    {
        var all = new EndpointsOnce([.. app.DataSources]);
        app.DataSources.Clear();
        app.DataSources.Add(all);
    }

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
}
