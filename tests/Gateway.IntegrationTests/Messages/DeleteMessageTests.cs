using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class DeleteMessageTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deleted_message_is_in_the_trash_and_comes_back_under_the_same_id()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: Regretted\n\nText\n", Ct);

        var deleted = await user.SendAsync(HttpMethod.Delete, $"messages/{id}", null, Ct);

        Assert.Equal(204, (int)deleted.Status);
        Assert.Empty(await user.ListAsync("inbox", Ct));
        Assert.Equal([id], (await user.ListAsync("trash", Ct)).Select(m => m.GetProperty("id").GetString()));

        var undone = await user.SendAsync(HttpMethod.Patch, $"messages/{id}", new { mailboxId = await user.MailboxIdAsync("inbox", Ct) }, Ct);

        Assert.Equal(id, undone.Json.GetProperty("id").GetString());
        Assert.Equal([id], (await user.ListAsync("inbox", Ct)).Select(m => m.GetProperty("id").GetString()));
        Assert.Empty(await user.ListAsync("trash", Ct));
    }

    [Fact]
    public async Task Deleting_what_is_in_the_trash_is_for_good()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: Twice\n\nText\n", Ct);

        await user.SendAsync(HttpMethod.Delete, $"messages/{id}", null, Ct);
        await user.SendAsync(HttpMethod.Delete, $"messages/{id}", null, Ct);

        Assert.Empty(await user.ListAsync("trash", Ct));
        Assert.Equal((410, "message-gone"), (await user.GetAsync($"messages/{id}", Ct)).Problem);
    }

    [Fact]
    public async Task A_permanent_delete_expunges_that_message_and_no_other()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["marked elsewhere", "goes", "stays"], Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        await imap.Inbox!.AddFlagsAsync(0, MessageFlags.Deleted, silent: true, Ct);
        var goes = (await user.ListAsync("inbox", Ct))[1].GetProperty("id").GetString();

        var deleted = await user.SendAsync(HttpMethod.Delete, $"messages/{goes}?permanent=true", null, Ct);

        Assert.Equal(204, (int)deleted.Status);
        Assert.Equal(["stays", "marked elsewhere"], (await user.ListAsync("inbox", Ct)).Select(m => m.GetProperty("subject").GetString()));
        Assert.Empty(await user.ListAsync("trash", Ct));
    }
}
