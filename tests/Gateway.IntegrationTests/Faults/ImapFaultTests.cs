using System.Net;
using Gateway.IntegrationTests.Events;
using Gateway.TestKit.Faults;

namespace Gateway.IntegrationTests.Faults;

/// <summary>Links to the IMAP server break in every way: what arrives meanwhile is told once, and the account is well again by itself.</summary>
public sealed class ImapFaultTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(LinkEnd.Reset)]
    [InlineData(LinkEnd.Close)]
    public async Task Mail_that_comes_while_an_idle_link_breaks_is_told_once(LinkEnd how)
    {
        await using var faulty = await FaultyAccount.AddAsync(servers);
        await using var events = await EventReader.OpenAsync(faulty.Account);
        faulty.Imap.Refuse();

        faulty.Imap.Break(how);
        await faulty.DeliverAsync("Meanwhile");
        var code = await faulty.Account.ProblemAsync(HttpMethod.Get, "mailboxes", null, HttpStatusCode.BadGateway);

        Assert.Equal(("mail-server-unreachable", "unreachable"), (code, await faulty.StateAsync()));
        await faulty.OtherWorksAsync();
        await RecoversAsync(faulty, events, ["Meanwhile"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // some servers say so again and again and stay
    public async Task BYE_ends_a_link_whether_the_server_closes_it_or_not(bool closes)
    {
        await using var faulty = await FaultyAccount.AddAsync(servers);
        await using var events = await EventReader.OpenAsync(faulty.Account);
        await faulty.Account.MailboxAsync("inbox"); // on a link of its own, which then waits for work
        var (links, accepted) = (faulty.Imap.Open, faulty.Imap.Accepted);

        await faulty.Imap.SayAsync("* BYE Shutting down.\r\n", Ct);
        if (closes) { faulty.Imap.Break(LinkEnd.Close); }

        await faulty.DeliverAsync("Meanwhile");
        var listed = await faulty.Account.ListAsync("inbox");

        Assert.True(links >= 2, $"{links} links");
        Assert.Equal("Meanwhile", Assert.Single(listed).GetProperty("subject").GetString());
        await faulty.OtherWorksAsync();
        await RecoversAsync(faulty, events, ["Meanwhile"]);
        await faulty.Imap.UntilAsync(() => faulty.Imap.Accepted >= accepted + 2, Ct); // neither link was used again
    }

    [Fact]
    public async Task Mail_whose_fetch_is_cut_off_is_told_once()
    {
        await using var faulty = await FaultyAccount.AddAsync(servers);
        await using var events = await EventReader.OpenAsync(faulty.Account);

        var cut = faulty.Imap.BreakAt(Toward.Client, "ENVELOPE (", LinkEnd.Reset);
        await faulty.DeliverAsync("Cut off");
        await cut.WaitAsync(Ct);

        await RecoversAsync(faulty, events, ["Cut off"]);
    }

    [Fact]
    public async Task A_list_whose_fetch_is_cut_off_is_read_again_on_another_link()
    {
        await using var faulty = await FaultyAccount.AddAsync(servers);
        await faulty.DeliverAsync("One");
        await faulty.DeliverAsync("Two");
        var cut = faulty.Imap.BreakAt(Toward.Client, "ENVELOPE (", LinkEnd.Reset);

        var rows = await faulty.Account.ListAsync("inbox");

        Assert.True(cut.IsCompleted);
        Assert.Equal(["Two", "One"], rows.Select(row => row.GetProperty("subject").GetString()));
    }

    [Fact]
    public async Task A_server_that_takes_connections_and_says_nothing_is_given_up_in_time()
    {
        await using var faulty = await FaultyAccount.AddAsync(servers);
        await using var events = await EventReader.OpenAsync(faulty.Account);
        faulty.Imap.Hold();
        faulty.Imap.Break(LinkEnd.Reset);

        await faulty.DeliverAsync("Meanwhile");
        var code = await faulty.Account.ProblemAsync(HttpMethod.Get, "mailboxes", null, HttpStatusCode.GatewayTimeout);

        Assert.Equal(("mail-server-timeout", "unreachable"), (code, await faulty.StateAsync()));
        await faulty.OtherWorksAsync();
        await RecoversAsync(faulty, events, ["Meanwhile"]);
    }

    [Fact]
    public async Task A_server_that_drips_is_given_up_in_time()
    {
        await using var faulty = await FaultyAccount.AddAsync(servers);
        await using var events = await EventReader.OpenAsync(faulty.Account);
        faulty.Imap.Break(LinkEnd.Reset);
        faulty.Imap.PerByte = TimeSpan.FromMilliseconds(100);

        await faulty.DeliverAsync("Meanwhile");
        var code = await faulty.Account.ProblemAsync(HttpMethod.Get, "mailboxes", null, HttpStatusCode.GatewayTimeout);

        Assert.Equal(("mail-server-timeout", "unreachable"), (code, await faulty.StateAsync()));
        await faulty.OtherWorksAsync();
        await RecoversAsync(faulty, events, ["Meanwhile"]);
    }

    /// <summary>Well again by itself, with all that came told once and in order, and the state saying so.</summary>
    private static async Task RecoversAsync(FaultyAccount faulty, EventReader events, IReadOnlyList<string> missed)
    {
        faulty.Imap.Heal();
        await faulty.DeliverAsync("After");

        Assert.Equal([.. missed, "After"], await FaultyAccount.ToldAsync(events, "After"));
        Assert.Equal("connected", await faulty.StateAsync());
        Assert.Equal(["After", .. missed.Reverse()], (await faulty.Account.ListAsync("inbox")).Select(row => row.GetProperty("subject").GetString()));
    }
}
