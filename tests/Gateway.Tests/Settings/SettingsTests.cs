using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Http;

namespace Gateway.Tests.Settings;

public sealed class SettingsTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_are_empty_at_first_kept_as_they_are_and_replaced_as_a_whole()
    {
        var (client, path) = await NewAsync();

        var first = await client.GetStringAsync(path, Ct);
        using var put = await client.PutAsJsonAsync(path, new { values = new { theme = "dark", keys = new { archive = new[] { "y", "é" } } } }, Ct);
        var second = await client.GetStringAsync(path, Ct);
        using var again = await client.PutAsJsonAsync(path, new { values = new { density = "compact" } }, Ct);

        Assert.Equal("""{"values":{}}""", first);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("""{"values":{"theme":"dark","keys":{"archive":["y","é"]}}}""", second);
        Assert.Equal("""{"values":{"density":"compact"}}""", await client.GetStringAsync(path, Ct));
    }

    [Fact]
    public async Task Settings_read_before_somebody_else_wrote_are_not_written_over()
    {
        var (client, path) = await NewAsync();
        using var read = await client.GetAsync(path, Ct);
        var tag = read.Headers.ETag!.ToString();

        using var first = await PutAsync(client, path, tag, "one");
        using var second = await PutAsync(client, path, tag, "two");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await second.ProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        Assert.Contains("one", await client.GetStringAsync(path, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_writes_at_once_with_one_tag_exactly_one_goes_through()
    {
        var (client, path) = await NewAsync();
        using var read = await client.GetAsync(path, Ct);
        var tag = read.Headers.ETag!.ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PutAsync(client, path, tag, $"{i}")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Settings_that_are_no_object_are_refused()
    {
        var (client, path) = await NewAsync();

        using var list = await client.PutAsJsonAsync(path, new { values = new[] { 1 } }, Ct);
        using var nothing = await client.PutAsJsonAsync(path, new { }, Ct);

        await list.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
        await nothing.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task Settings_go_with_their_account()
    {
        var (client, path) = await NewAsync();
        using var put = await client.PutAsJsonAsync(path, new { values = new { theme = "dark" } }, Ct);
        using var deleted = await client.DeleteAsync(new Uri(path.ToString().Replace("/settings", "", StringComparison.Ordinal), UriKind.Relative), Ct);

        using var after = await client.GetAsync(path, Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (put.StatusCode, deleted.StatusCode));
        await after.ProblemAsync(HttpStatusCode.NotFound, "account-not-found");
    }

    private async Task<(HttpClient Client, Uri Path)> NewAsync() =>
        (gateway.CreateAdmin(), new($"/v1/accounts/{await gateway.AddAccountAsync("ann@example.test", "secret", Ct)}/settings", UriKind.Relative));

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, Uri path, string tag, string theme)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path)
        {
            Headers = { { "If-Match", tag } },
            Content = JsonContent.Create(new JsonObject { ["values"] = new JsonObject { ["theme"] = theme } }),
        };
        return await client.SendAsync(request, Ct);
    }
}
