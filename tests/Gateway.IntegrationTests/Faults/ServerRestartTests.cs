using System.Net;
using Gateway.IntegrationTests.Events;
using Gateway.TestKit.Servers;

namespace Gateway.IntegrationTests.Faults;

public sealed class ServerRestartTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_that_are_restarted_lose_neither_news_nor_mail_to_be_sent()
    {
        await using var own = await MailServers.StartAsync(new Dictionary<string, string>(), Ct);
        await using var faulty = await FaultyAccount.AddAsync(servers, own);
        await using var events = await EventReader.OpenAsync(faulty.Account);
        await faulty.DeliverAsync("Before");
        await FaultyAccount.ToldAsync(events, "Before");

        await own.StopAsync(Ct);
        await faulty.Imap.UntilAsync(() => faulty.Imap.Open == 0, Ct); // Dovecot's children outlive it by a moment
        var code = await faulty.Account.ProblemAsync(HttpMethod.Get, "mailboxes", null, HttpStatusCode.BadGateway);
        var mail = new { to = new[] { new { address = faulty.Account.Address } }, subject = "Sent meanwhile", text = "x", saveToSent = false };
        await faulty.Account.PostAsync("submissions", mail, HttpStatusCode.Accepted);
        await events.NextAsync("submission.state", s => s.GetProperty("state").GetString() == "queued" && s.GetProperty("attempts").GetArrayLength() > 0);
        var state = await faulty.StateAsync();
        await faulty.OtherWorksAsync();
        // What comes before Gateway is back: it is told by comparison.
        faulty.Imap.Refuse();
        faulty.Smtp.Refuse();
        await own.StartAgainAsync(Ct);
        await faulty.DeliverAsync("Meanwhile");
        faulty.Imap.Heal();
        var missed = await FaultyAccount.ToldAsync(events, "Meanwhile");
        faulty.Smtp.Heal();
        var sent = await FaultyAccount.ToldAsync(events, "Sent meanwhile");

        Assert.True(code is "mail-server-unreachable" or "mail-server-protocol", code); // the proxy still listens: to a client it is a server that breaks off
        Assert.Equal("unreachable", state);
        Assert.Equal(["Meanwhile"], missed);
        Assert.Equal("Sent meanwhile", sent[^1]);
        await faulty.DeliverAsync("After");
        Assert.Equal(["After"], await FaultyAccount.ToldAsync(events, "After"));
        Assert.Equal("connected", await faulty.StateAsync());
    }
}
