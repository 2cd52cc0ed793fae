using System.Text.Json;
using Gateway.IntegrationTests.Events;
using Gateway.TestKit.Servers;
using MailKit;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Operations;

public sealed class OperationTests(RealServers servers)
{
    private const int Many = 2500;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_over_a_thousand_is_worked_through_with_progress_and_can_be_taken_back()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await FillAsync(user, Many);
        await using var events = await EventReader.OpenAsync(servers.Http, user.Account);
        var first = Id((await user.ListAsync("inbox", Ct))[0]);

        var asked = await user.SendAsync(HttpMethod.Post, "messages/batch", new { query = new { role = "inbox" }, action = new { trash = true } }, Ct);

        Assert.Equal(202, (int)asked.Status);
        var id = Id(asked.Json);
        var half = await events.NextAsync("operation.progress", data => data.GetProperty("done").GetInt32() is > 0 and < Many);
        Assert.Equal(id, Id(half.GetProperty("data")));
        await events.NextAsync("operation.progress", data => data.GetProperty("state").GetString() == "completed");
        Assert.Equal(("completed", Many, 0, 100, true), Of(await OperationAsync(id)));
        Assert.Equal((0, Many), (await TotalAsync(user, "inbox"), await TotalAsync(user, "trash")));

        var undo = await Answer.SendAsync(servers.Http, HttpMethod.Post, $"/v1/operations/{id}/undo", null, Ct);
        Assert.Equal(202, (int)undo.Status);
        await events.NextAsync("operation.progress", data => Id(data) == Id(undo.Json) && data.GetProperty("state").GetString() == "completed");
        Assert.Equal((Many, 0), (await TotalAsync(user, "inbox"), await TotalAsync(user, "trash")));
        Assert.Equal(200, (int)(await user.GetAsync($"messages/{first}", Ct)).Status); // its id has survived both
        Assert.Equal((409, "operation-not-undoable"), (await Answer.SendAsync(servers.Http, HttpMethod.Post, $"/v1/operations/{id}/undo", null, Ct)).Problem);
    }

    [Fact]
    public async Task A_small_batch_that_moves_can_be_taken_back_too_but_not_what_was_moved_again()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["One", "Two"], Ct);
        var ids = (await user.ListAsync("inbox", Ct)).Select(Id).ToList();

        var answer = (await user.SendAsync(HttpMethod.Post, "messages/batch", new { ids, action = new { trash = true } }, Ct)).Json;
        await user.SendAsync(HttpMethod.Patch, $"messages/{ids[0]}", new { mailboxId = await user.MailboxIdAsync("archive", Ct) }, Ct);
        await using var events = await EventReader.OpenAsync(servers.Http, user.Account);
        var undo = (await Answer.SendAsync(servers.Http, HttpMethod.Post, $"/v1/operations/{answer.GetProperty("operationId").GetString()}/undo", null, Ct)).Json;
        await events.NextAsync("operation.progress", data => Id(data) == Id(undo));

        var ended = await OperationAsync(Id(undo));
        Assert.Equal((ids[0], "precondition-failed"), (Id(ended.GetProperty("problems")[0]), ended.GetProperty("problems")[0].GetProperty("problem").GetProperty("code").GetString()));
        Assert.Equal((1, 1), (await TotalAsync(user, "inbox"), await TotalAsync(user, "archive")));
    }

    [Fact]
    public async Task What_moves_nothing_has_nothing_to_take_back()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["One"], Ct);
        var ids = (await user.ListAsync("inbox", Ct)).Select(Id).ToList();

        var answer = (await user.SendAsync(HttpMethod.Post, "messages/batch", new { ids, action = new { flags = new { add = new[] { "seen" } } } }, Ct)).Json;

        Assert.False(answer.TryGetProperty("operationId", out _));
    }

    [Fact]
    public async Task A_cancelled_operation_stops_and_what_it_did_stays()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await FillAsync(user, Many);
        await using var events = await EventReader.OpenAsync(servers.Http, user.Account);
        var id = Id((await user.SendAsync(HttpMethod.Post, "messages/batch", new { query = new { role = "inbox" }, action = new { flags = new { add = new[] { "flagged" } } } }, Ct)).Json);
        await events.NextAsync("operation.progress");

        Assert.Equal(204, (int)(await Answer.SendAsync(servers.Http, HttpMethod.Delete, $"/v1/operations/{id}", null, Ct)).Status);

        await events.NextAsync("operation.progress", data => data.GetProperty("state").GetString() != "running");
        var ended = await OperationAsync(id);
        Assert.Equal("canceled", ended.GetProperty("state").GetString());
        Assert.InRange(ended.GetProperty("done").GetInt32(), 200, Many - 1);
    }

    [Fact]
    public async Task An_operation_that_a_power_cut_broke_off_goes_on_after_it()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail, servers.Mail.Ports.Smtp);
        using var imap = await account.ImapAsync();
        using var mail = new MimeMessage([MailboxAddress.Parse("ann@example.test")], [MailboxAddress.Parse(account.Address)], "Many", new TextPart("plain") { Text = "x" });
        await imap.Inbox!.AppendAsync([.. Enumerable.Range(0, Many).Select(_ => (IAppendRequest)new AppendRequest(mail))], Ct);
        string id;
        await using (var events = await EventReader.OpenAsync(account))
        {
            var asked = await account.PostAsync("messages/batch", new { query = new { role = "inbox" }, action = new { flags = new { add = new[] { "flagged" } } } }, System.Net.HttpStatusCode.Accepted);
            id = Id(asked);
            await events.NextAsync("operation.progress");
            await gateway.KillAsync(Ct);
        }

        await gateway.RestartAsync(Ct);
        await using var after = await EventReader.OpenAsync(account);
        if ((await Answer.SendAsync(http, HttpMethod.Get, $"/v1/operations/{id}", null, Ct)).Json.GetProperty("state").GetString() == "running")
        {
            await after.NextAsync("operation.progress", data => data.GetProperty("state").GetString() == "completed");
        }

        var inbox = await TestAccount.OpenAsync(imap, "INBOX");
        Assert.Equal(Many, (await inbox.SearchAsync(MailKit.Search.SearchQuery.Flagged, Ct)).Count);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("nonsense")]
    [InlineData("..%2f")]
    public async Task What_is_no_operation_is_not_found(string id)
    {
        foreach (var (method, below) in new[] { (HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/undo") })
        {
            Assert.Equal((404, "operation-not-found"), (await Answer.SendAsync(servers.Http, method, $"/v1/operations/{id}{below}", null, Ct)).Problem);
        }
    }

    private static async Task FillAsync(ServedUser user, int count)
    {
        using var imap = await user.OpenInboxAsync(Ct);
        using var mail = new MimeMessage([MailboxAddress.Parse("ann@example.test")], [MailboxAddress.Parse(user.Address)], "Many", new TextPart("plain") { Text = "x" });
        foreach (var piece in Enumerable.Range(0, count).Chunk(500)) { await imap.Inbox!.AppendAsync([.. piece.Select(_ => (IAppendRequest)new AppendRequest(mail))], Ct); }
    }

    private async Task<JsonElement> OperationAsync(string id) => (await Answer.SendAsync(servers.Http, HttpMethod.Get, $"/v1/operations/{id}", null, Ct)).Json;

    private static async Task<int> TotalAsync(ServedUser user, string role) => (await user.MailboxAsync(role, Ct)).GetProperty("total").GetInt32();

    private static (string?, int, int, int, bool) Of(JsonElement operation) => (
        operation.GetProperty("state").GetString(), operation.GetProperty("done").GetInt32(), operation.GetProperty("failed").GetInt32(),
        operation.GetProperty("percent").GetInt32(), operation.GetProperty("canUndo").GetBoolean());

    private static string Id(JsonElement of) => of.GetProperty("id").GetString()!;
}
