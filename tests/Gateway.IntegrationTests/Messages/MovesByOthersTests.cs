using System.Text.Json;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class MovesByOthersTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_id_survives_a_move_by_another_program_and_the_next_one_too()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverAsync("Subject: Other\nMessage-ID: <other@x.test>\n\nx\n", Ct);
        var id = await user.DeliverAndFindAsync("Subject: Moved\nMessage-ID: <moved@x.test>\n\nText\n", Ct);
        var archive = await user.MailboxIdAsync("archive", Ct);
        using var imap = await user.OpenInboxAsync(Ct);

        await MoveAsync(imap.Inbox!, await imap.GetFolderAsync("Archive", Ct));
        var moved = await user.GetAsync($"messages/{id}", Ct);

        Assert.Equal((200, id, archive), ((int)moved.Status, Text(moved.Json, "id"), Text(moved.Json, "mailboxId")));
        Assert.Equal(id, Text(Assert.Single(await user.ListAsync("archive", Ct)), "id"));
        await MoveAsync(await imap.GetFolderAsync("Archive", Ct), await imap.GetFolderAsync("Junk", Ct));
        Assert.Equal(200, (int)(await user.SendAsync(HttpMethod.Patch, $"messages/{id}", new { flags = new { add = new[] { "seen" } } }, Ct)).Status);
        Assert.Equal(await user.MailboxIdAsync("junk", Ct), Text((await user.GetAsync($"messages/{id}", Ct)).Json, "mailboxId"));
    }

    [Fact]
    public async Task A_copy_that_stays_does_not_make_an_expunged_message_live()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: Gone\nMessage-ID: <gone@x.test>\n\nText\n", Ct);
        await user.DeliverAsync("Subject: Alike\nMessage-ID: <gone@x.test>\n\nText, but longer\n", Ct);
        using var imap = await user.OpenInboxAsync(Ct);

        await imap.Inbox!.AddFlagsAsync(0, MessageFlags.Deleted, silent: true, Ct);
        await imap.Inbox.ExpungeAsync(Ct);

        Assert.Equal((410, "message-gone"), (await user.GetAsync($"messages/{id}", Ct)).Problem);
    }

    private static async Task MoveAsync(IMailFolder from, IMailFolder to)
    {
        await from.OpenAsync(FolderAccess.ReadWrite, Ct);
        await from.MoveToAsync(from.Count - 1, to, Ct);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
