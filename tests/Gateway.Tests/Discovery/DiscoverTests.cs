using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Discovery;

public sealed class DiscoverTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_before_sign_in()
    {
        var found = await gateway.CreateStranger().GetFromJsonAsync<JsonObject>("/v1/discovery?email=ann@gmail.com", Ct);

        Assert.Equal("""
            {"imap":{"host":"imap.gmail.com","port":993,"security":"tls"},"smtp":{"host":"smtp.gmail.com","port":465,"security":"tls"},"username":"ann@gmail.com","source":"preset"}
            """, found!.ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?email=")]
    [InlineData("?email=ann")]
    [InlineData("?email=ann@gmail.com%0D%0Abob")]
    [InlineData("?email=Ann%20%3Cann@gmail.com%3E")]
    public async Task What_is_no_address_is_refused(string query)
    {
        var answer = await gateway.CreateStranger().GetAsync(new Uri("/v1/discovery" + query, UriKind.Relative), Ct);
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(("malformed-request", "email"), ((string?)problem!["code"], (string?)problem["errors"]![0]!["parameter"]));
    }

    [Fact]
    public async Task Unknown_domain_is_a_problem_of_its_own()
    {
        var answer = await gateway.CreateStranger().GetAsync(new Uri("/v1/discovery?email=ann@example.test", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("discovery-failed", (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["code"]);
    }
}
