using System.Net;
using System.Text.Json;
using Gateway.TestKit.Servers;
using MailKit;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Events;

public sealed class EventsTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_from_another_client_is_told_with_its_list_row()
    {
        var account = await TestAccount.AddAsync(servers);
        await using var events = await EventReader.OpenAsync(account);
        using var mail = new MimeMessage(
            [MailboxAddress.Parse("bob@example.test")], [MailboxAddress.Parse(account.Address)], "Lunch?", new TextPart("plain") { Text = "At noon" });

        await servers.Mail.SubmitAsync(servers.Mail.NewUser("bob"), mail, Ct);
        var created = await events.NextAsync("message.created");

        var row = created.GetProperty("data");
        Assert.Equal(("Lunch?", "At noon"), (row.GetProperty("subject").GetString(), row.GetProperty("preview").GetString()));
        Assert.Equal(await account.OnlyMessageAsync(), row.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Mail_that_the_server_cannot_describe_is_told_and_so_is_what_follows()
    {
        var account = await TestAccount.AddAsync(servers);
        await using var events = await EventReader.OpenAsync(account);

        await account.DeliverAsync("Subject: " + string.Concat(Enumerable.Repeat("many words \r\n ", 6000)) + "\r\n\r\nText\r\n");
        var first = await events.NextAsync("message.created");
        await account.DeliverAsync("Subject: After\r\n\r\nText\r\n");
        var second = await events.NextAsync("message.created");

        Assert.NotEqual(first.GetProperty("data").GetProperty("id").GetString(), second.GetProperty("data").GetProperty("id").GetString());
        Assert.Equal("After", second.GetProperty("data").GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Flags_and_expunges_of_another_client_are_told()
    {
        var account = await TestAccount.AddAsync(servers);
        await account.DeliverAsync("Subject: One\r\n\r\nText\r\n");
        await using var events = await EventReader.OpenAsync(account);
        using var imap = await account.ImapAsync();
        var inbox = await TestAccount.OpenAsync(imap, "INBOX");
        await account.DeliverAsync("Subject: Two\r\n\r\nText\r\n");
        await events.NextAsync("message.created"); // the watcher is awake

        await inbox.AddFlagsAsync(0, MessageFlags.Flagged, silent: true, Ct);
        var updated = await events.NextAsync("message.updated");
        await inbox.AddFlagsAsync(0, MessageFlags.Deleted, silent: true, Ct);
        await inbox.ExpungeAsync(Ct);
        var deleted = await events.NextAsync("message.deleted");

        var key = updated.GetProperty("data").GetProperty("id").GetString();
        Assert.Contains("flagged", updated.GetProperty("data").GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(key, deleted.GetProperty("data").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_reader_that_comes_back_gets_what_it_missed()
    {
        var account = await TestAccount.AddAsync(servers);
        string last;
        await using (var events = await EventReader.OpenAsync(account))
        {
            await account.DeliverAsync("Subject: Seen\r\n\r\nText\r\n");
            last = (await events.NextAsync("message.created")).GetProperty("id").GetString()!;
            await account.DeliverAsync("Subject: Missed\r\n\r\nText\r\n");
            await events.NextAsync("message.created"); // it is in the log
        }

        await using var again = await EventReader.OpenAsync(account, last);
        var missed = await again.NextAsync("message.created");

        Assert.Equal("Missed", missed.GetProperty("data").GetProperty("subject").GetString());
    }

    [Theory]
    [InlineData("nonsense", HttpStatusCode.BadRequest, "malformed-cursor")]
    [InlineData("{account}-999999", HttpStatusCode.Gone, "cursor-expired")]
    public async Task A_cursor_that_cannot_be_resumed_is_a_problem(string cursor, HttpStatusCode status, string code)
    {
        var account = await TestAccount.AddAsync(servers);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/events", UriKind.Relative));
        request.Headers.Add("Last-Event-ID", cursor.Replace("{account}", account.Id, StringComparison.Ordinal));

        using var answer = await account.Http.SendAsync(request, Ct);

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal((status, code), (answer.StatusCode, problem.RootElement.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task An_account_whose_server_is_gone_says_so()
    {
        var own = await MailServers.StartAsync(new Dictionary<string, string>(), Ct);
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = own }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, own);

        await own.DisposeAsync();
        var code = await account.ProblemAsync(HttpMethod.Get, "mailboxes", null, HttpStatusCode.BadGateway);

        Assert.Equal("mail-server-unreachable", code);
        using var state = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/v1/accounts/{account.Id}", UriKind.Relative), Ct));
        Assert.Equal("unreachable", state.RootElement.GetProperty("state").GetString());
    }
}
