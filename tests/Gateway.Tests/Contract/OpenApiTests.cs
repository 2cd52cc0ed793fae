using System.Text.Json.Nodes;

namespace Gateway.Tests.Contract;

/// <summary>The published document is what the server serves; a change of it is a change of the API under review.</summary>
public sealed class OpenApiTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static readonly string Golden = RepositoryFiles.Path("openapi/gateway.v1.json");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_is_the_published_one()
    {
        var served = await gateway.CreateStranger().GetStringAsync("/openapi/v1.json", Ct);
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1") { await File.WriteAllTextAsync(Golden, served.TrimEnd() + "\n", Ct); }

        var differences = JsonDifference.Between(JsonNode.Parse(await File.ReadAllTextAsync(Golden, Ct)), JsonNode.Parse(served)).ToList();

        Assert.True(differences.Count == 0,
            "The API differs from openapi/gateway.v1.json (accept it with UPDATE_OPENAPI=1):\n" + string.Join('\n', differences));
    }
}
