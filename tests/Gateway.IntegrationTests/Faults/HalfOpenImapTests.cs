using System.Net;
using Gateway.IntegrationTests.Events;
using Gateway.TestKit.Faults;

namespace Gateway.IntegrationTests.Faults;

/// <summary>Links to the IMAP server that look open and carry nothing.</summary>
public sealed class HalfOpenImapTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_that_comes_while_the_links_are_half_open_is_told_once()
    {
        await using var both = await FaultyAccount.AddAsync(servers);
        await using var oneWay = await FaultyAccount.AddAsync(servers);
        await using var bothEvents = await EventReader.OpenAsync(both.Account);
        await using var oneWayEvents = await EventReader.OpenAsync(oneWay.Account);

        both.Imap.Break(LinkEnd.Freeze);
        oneWay.Imap.Freeze(Toward.Client);
        await Task.WhenAll(both.DeliverAsync("Meanwhile"), oneWay.DeliverAsync("Meanwhile"));
        await both.OtherWorksAsync();

        // The watcher ends its IDLE in its own time, and the server does not answer: then it comes back.
        Assert.Equal(["Meanwhile"], await FaultyAccount.ToldAsync(bothEvents, "Meanwhile"));
        Assert.Equal(["Meanwhile"], await FaultyAccount.ToldAsync(oneWayEvents, "Meanwhile"));
        await both.DeliverAsync("After");
        Assert.Equal(["After"], await FaultyAccount.ToldAsync(bothEvents, "After"));
    }

    [Fact]
    public async Task A_request_on_a_half_open_link_ends_in_time_and_the_next_one_has_a_fresh_link()
    {
        await using var faulty = await FaultyAccount.AddAsync(servers);
        await faulty.Account.MailboxAsync("inbox");

        faulty.Imap.Break(LinkEnd.Freeze);
        var code = await faulty.Account.ProblemAsync(HttpMethod.Get, "mailboxes", null, HttpStatusCode.GatewayTimeout);

        Assert.Equal("mail-server-timeout", code);
        await faulty.Account.MailboxAsync("inbox");
        Assert.Equal("connected", await faulty.StateAsync());
    }
}
