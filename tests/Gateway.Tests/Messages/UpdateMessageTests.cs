using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Http;

namespace Gateway.Tests.Messages;

public sealed class UpdateMessageTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"keywords":{"add":["fine",null]}}""", "/keywords/add/1")]
    [InlineData("""{"keywords":{"remove":[""]}}""", "/keywords/remove/0")]
    [InlineData("""{"keywords":{"add":["a b"]}}""", "/keywords/add/0")]
    public async Task What_is_no_keyword_is_refused_with_its_place(string update, string pointer)
    {
        var account = await gateway.AddAccountAsync("ann@example.test", "secret", Ct);
        using var content = JsonContent.Create(JsonNode.Parse(update));

        using var answer = await gateway.CreateAdmin().PatchAsync(new Uri($"/v1/accounts/{account}/messages/{new Gateway.Mail.MessageKey(new(1), 1)}", UriKind.Relative), content, Ct);

        Assert.Equal([pointer], (await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed")).Pointers());
    }
}
