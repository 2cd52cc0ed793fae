using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class MovingTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_moved_message_keeps_its_id_through_every_move()
    {
        var account = await WithMessageAsync();
        var (key, archive, junk, inbox) = (await account.OnlyMessageAsync(), await account.MailboxAsync("archive"), await account.MailboxAsync("junk"), await account.MailboxAsync("inbox"));

        foreach (var mailbox in new[] { archive, junk, inbox, archive })
        {
            var row = await account.PatchAsync($"messages/{key}", new { mailboxId = mailbox });
            Assert.Equal((key, mailbox), (row.GetProperty("id").GetString(), row.GetProperty("mailboxId").GetString()));
            Assert.Equal("Subject", (await account.GetAsync($"messages/{key}")).GetProperty("subject").GetString());
        }

        Assert.Equal(key, Assert.Single(await account.ListAsync("archive")).GetProperty("id").GetString());
        Assert.Empty(await account.ListAsync("inbox"));
    }

    [Fact]
    [Trait("Server", "Dovecot")] // Cyrus lets no mailbox of special use be deleted
    public async Task A_trash_that_is_missing_is_made_rather_than_mail_lost()
    {
        var account = await WithMessageAsync();
        using var imap = await account.ImapAsync();
        await (await imap.GetFolderAsync("Trash", Ct)).DeleteAsync(Ct);

        await account.DeleteAsync($"messages/{await account.OnlyMessageAsync()}");

        Assert.Single(await account.ListAsync("trash"));
    }

    private async Task<TestAccount> WithMessageAsync()
    {
        var account = await TestAccount.AddAsync(servers);
        await account.DeliverAsync("Subject: Subject\r\nMessage-ID: <one@example.test>\r\n\r\nText\r\n");
        return account;
    }
}
