using System.Net;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class FreshnessTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_shows_at_once_what_another_client_did()
    {
        var account = await TestAccount.AddAsync(servers);
        await account.DeliverAsync("Subject: First\r\n\r\nText\r\n");
        await account.ListAsync("inbox"); // the mailbox is selected in a pooled session now
        using var imap = await account.ImapAsync();
        var inbox = await TestAccount.OpenAsync(imap, "INBOX");

        await account.DeliverAsync("Subject: Second\r\n\r\nText\r\n");
        await inbox.AddFlagsAsync(0, MessageFlags.Flagged, silent: true, Ct);
        var rows = await account.ListAsync("inbox");

        Assert.Equal(["Second", "First"], rows.Select(r => r.GetProperty("subject").GetString()));
        Assert.Equal("flagged", rows[1].GetProperty("flags")[0].GetString());
    }
}
