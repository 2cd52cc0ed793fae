namespace Gateway.Http;

internal static class ProblemDeclarations
{
    /// <summary>Declares the problem statuses that every operation of a group can answer, for the OpenAPI document.</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder endpoints, params ReadOnlySpan<int> statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            endpoints.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), ["application/problem+json"]));
        }

        return endpoints;
    }
}
