using System.Net;
using System.Text.Json.Nodes;
using Gateway.Mail;
using Gateway.Tests.Http;

namespace Gateway.Tests.Submissions;

public sealed class ListSubmissionsTests : IAsyncDisposable
{
    private readonly SendingGateway _gateway = new();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Pages_are_newest_first_and_stay_right_while_mail_is_submitted()
    {
        var account = await _gateway.AddAccountAsync();
        await _gateway.SubmitAsync(await _gateway.AddAccountAsync("bob@example.test"), "to@example.test");
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) { ids.Insert(0, await _gateway.SubmitAsync(account, "to@example.test")); }

        var first = await ListAsync(account, "limit=2");
        await _gateway.SubmitAsync(account, "to@example.test");
        var second = await ListAsync(account, $"limit=2&cursor={first["nextCursor"]}");

        Assert.Equal(ids, IdsOf(first).Concat(IdsOf(second)));
        Assert.Null(second["nextCursor"]);
    }

    [Fact]
    public async Task State_narrows_the_list()
    {
        var account = await _gateway.AddAccountAsync();
        var sent = await _gateway.SubmitAsync(account, "to@example.test");
        await _gateway.ReachedAsync(account, sent, "sent");

        Assert.Equal([sent], IdsOf(await ListAsync(account, "state=sent")));
        Assert.Empty(IdsOf(await ListAsync(account, "state=partially-sent")));
    }

    [Theory]
    [InlineData("state=Sent", "state")]
    [InlineData("state=2", "state")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=x", "cursor")]
    public async Task Wrong_value_is_named(string query, string parameter)
    {
        using var answer = await _gateway.ListSubmissionsAsync(await _gateway.AddAccountAsync(), query);

        var code = parameter == "cursor" ? "malformed-cursor" : "malformed-request";
        Assert.Equal([parameter], (await answer.ProblemAsync(HttpStatusCode.BadRequest, code)).Parameters());
    }

    private async Task<JsonObject> ListAsync(AccountId account, string query)
    {
        using var answer = await _gateway.ListSubmissionsAsync(account, query);
        return await SendingGateway.BodyAsync(answer, HttpStatusCode.OK);
    }

    private static IEnumerable<string> IdsOf(JsonObject page) => page["items"]!.AsArray().Select(s => (string)s!["id"]!);
}
