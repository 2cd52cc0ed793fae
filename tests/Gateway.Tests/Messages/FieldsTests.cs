using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Events;
using Gateway.Tests.Http;

namespace Gateway.Tests.Messages;

public sealed class FieldsTests : IAsyncDisposable
{
    /// <summary>With one session there is no watcher, and so no view.</summary>
    private readonly LiveGateway _gateway = new() { Settings = { ["Gateway:Imap:MaxSessionsPerAccount"] = "1" } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Flags_alone_cost_a_list_no_look_at_the_messages()
    {
        _gateway.Imap.Inbox.Add("Hello", "\\Seen");
        var messages = $"/v1/accounts/{await _gateway.AddAccountAsync("ann@example.test")}/messages";

        var page = await GetAsync($"{messages}?role=inbox&fields=id,flags");

        Assert.Equal(["id", "flags"], page["items"]![0]!.AsObject().Select(p => p.Key));
        Assert.Equal(1, (int)page["total"]!);
        Assert.DoesNotContain(_gateway.Imap.Commands, c => c.Arguments.Contains("ENVELOPE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_server_describes_costs_a_message_none_of_its_bytes()
    {
        _gateway.Imap.Inbox.Add("Hello");
        var messages = $"/v1/accounts/{await _gateway.AddAccountAsync("ann@example.test")}/messages";
        var id = (await GetAsync($"{messages}?role=inbox"))["items"]![0]!["id"];
        var before = _gateway.Imap.Commands.Count;

        var message = await GetAsync($"{messages}/{id}?fields=subject,parts,messageIdHeader");

        Assert.Equal(["subject", "messageIdHeader", "parts"], message.Select(p => p.Key));
        Assert.DoesNotContain(_gateway.Imap.Commands.Skip(before), c => c.Arguments.Contains("BODY.PEEK", StringComparison.Ordinal));
        Assert.Equal("Hello 1\n", (string?)(await GetAsync($"{messages}/{id}"))["text"]); // and nothing of it is taken for the whole
        Assert.Equal("Hello 1\n", (string?)(await GetAsync($"{messages}/{id}?fields=text"))["text"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("subject,king")]
    [InlineData("Subject")]
    [InlineData("subject,,flags")]
    public async Task A_field_there_is_not_is_named(string fields)
    {
        var messages = $"/v1/accounts/{await _gateway.AddAccountAsync("ann@example.test")}/messages";

        using var answer = await _gateway.Admin().GetAsync(new Uri($"{messages}?role=inbox&fields={fields}", UriKind.Relative), Ct);

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    private async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await _gateway.Admin().GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }
}
