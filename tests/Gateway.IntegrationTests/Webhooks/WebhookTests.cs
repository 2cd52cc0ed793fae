using System.Net.Http.Json;
using Gateway.TestKit.Servers;
using Xunit;

namespace Gateway.IntegrationTests.Webhooks;

public sealed class WebhookTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_mail_is_told_with_its_list_row()
    {
        var account = await TestAccount.AddAsync(servers);
        using var receiver = new HookReceiver();
        receiver.Open();
        await AddAsync(account, receiver);

        await using var watched = await Events.EventReader.OpenAsync(account); // answers once the account is watched
        await account.DeliverAsync("From: Bob <bob@example.test>\r\nSubject: Lunch?\r\n\r\nAt noon\r\n");
        var told = (await receiver.NextAsync("message.created", Ct)).GetProperty("data");

        Assert.Equal(("Lunch?", "At noon"), (told.GetProperty("subject").GetString(), told.GetProperty("preview").GetString()));
    }

    [Fact]
    public async Task What_happened_before_a_power_cut_is_told_after_it()
    {
        var soon = Enumerable.Range(0, 9).ToDictionary(i => $"GATEWAY__Webhooks__RetryAfter__{i}", _ => "00:00:02");
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = servers.Mail, Variables = soon }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        using var receiver = new HookReceiver();
        await AddAsync(account, receiver);

        await account.PostAsync("submissions", new { to = new[] { new { address = account.Address } }, subject = "x", text = "x", hold = true }, System.Net.HttpStatusCode.Accepted);
        await gateway.KillAsync(Ct);
        receiver.Open();
        await gateway.RestartAsync(Ct);

        Assert.Equal("held", (await receiver.NextAsync("submission.state", Ct)).GetProperty("data").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Mail_that_came_while_Gateway_was_down_is_told_once_after_it()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        await account.DeliverAsync("Subject: Old\r\n\r\nText\r\n");
        using var receiver = new HookReceiver();
        receiver.Open();
        await AddAsync(account, receiver);
        await using (var watched = await Events.EventReader.OpenAsync(account))
        {
            await account.DeliverAsync("Subject: Seen\r\n\r\nText\r\n");
            await watched.NextAsync("message.created");
        }

        await gateway.KillAsync(Ct);
        await account.DeliverAsync("Subject: Meanwhile\r\n\r\nText\r\n");
        await gateway.RestartAsync(Ct);
        await using var again = await Events.EventReader.OpenAsync(account); // answers once the account is watched
        await account.DeliverAsync("Subject: After\r\n\r\nText\r\n");
        List<string?> told = [];
        do { told.Add((await receiver.NextAsync("message.created", Ct)).GetProperty("data").GetProperty("subject").GetString()); } while (told[^1] != "After");

        Assert.Equal(["Seen", "Meanwhile", "After"], told.Distinct());
        Assert.Single(told, "Meanwhile");
    }

    private static async Task AddAsync(TestAccount account, HookReceiver receiver)
    {
        using var added = await account.Http.PostAsJsonAsync("/v1/webhooks", new { url = receiver.Url, accounts = new[] { account.Id } }, Ct);
        added.EnsureSuccessStatusCode();
    }
}
