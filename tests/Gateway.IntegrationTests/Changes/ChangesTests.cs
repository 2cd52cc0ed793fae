using System.Text.Json;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Changes;

public sealed class ChangesTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_client_did_is_told_by_mailbox()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["One", "Two", "Three", "Four"], Ct);
        var ids = (await user.ListAsync("inbox", Ct)).Select(Id).Reverse().ToList();
        var (inbox, archive) = (await user.MailboxIdAsync("inbox", Ct), await user.MailboxIdAsync("archive", Ct));
        var state = await StateAsync(user, null);
        using var imap = await user.OpenInboxAsync(Ct);

        await imap.Inbox!.AddFlagsAsync(0, MessageFlags.Flagged, silent: true, Ct);
        await imap.Inbox.MoveToAsync(new UniqueId(imap.Inbox.UidValidity, 2), await imap.GetFolderAsync("Archive", Ct), Ct);
        await imap.Inbox.AddFlagsAsync(new UniqueId(imap.Inbox.UidValidity, 3), MessageFlags.Deleted, silent: true, Ct);
        await imap.Inbox.ExpungeAsync(Ct);
        await user.DeliverSubjectsAsync(["Five"], Ct);
        var (changes, next) = await ChangesAsync(user, state);

        var here = changes.Single(c => Id(c) == inbox);
        Assert.Single(Keys(here, "created"));
        Assert.Equal([ids[0]], Keys(here, "updated"));
        Assert.Equal([ids[1], ids[2]], Keys(here, "destroyed"));
        Assert.Single(Keys(changes.Single(c => Id(c) == archive), "created"));
        Assert.Equal((0, next), ((await ChangesAsync(user, next)).Changes.Count, (await ChangesAsync(user, next)).State));
    }

    [Fact]
    public async Task What_moved_by_us_has_one_id_and_a_draft_saved_again_is_updated()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["One"], Ct);
        var id = Id((await user.ListAsync("inbox", Ct))[0]);
        var draft = Id((await user.SendAsync(HttpMethod.Post, "drafts", new { subject = "x" }, Ct)).Json);
        var (inbox, archive, drafts) = (await user.MailboxIdAsync("inbox", Ct), await user.MailboxIdAsync("archive", Ct), await user.MailboxIdAsync("drafts", Ct));
        var state = await StateAsync(user, null);

        await user.SendAsync(HttpMethod.Patch, $"messages/{id}", new { mailboxId = archive }, Ct);
        await user.SendAsync(HttpMethod.Put, $"drafts/{draft}", new { subject = "y" }, Ct);
        var (changes, _) = await ChangesAsync(user, state);

        Assert.Equal([id], Keys(changes.Single(c => Id(c) == inbox), "destroyed"));
        Assert.Equal([id], Keys(changes.Single(c => Id(c) == archive), "created"));
        Assert.Equal([draft], Keys(changes.Single(c => Id(c) == drafts), "updated"));
    }

    [Fact]
    public async Task A_mailbox_that_went_and_one_that_came_are_told()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var old = Id((await user.SendAsync(HttpMethod.Post, "mailboxes", new { name = "Old" }, Ct)).Json);
        var state = await StateAsync(user, null);

        await user.SendAsync(HttpMethod.Delete, $"mailboxes/{old}", null, Ct);
        var renewed = Id((await user.SendAsync(HttpMethod.Post, "mailboxes", new { name = "New" }, Ct)).Json);
        using var imap = await servers.Mail.ImapAsync(user.Address, Ct);
        using var mail = new MimeKit.MimeMessage();
        await (await imap.GetFolderAsync("New", Ct)).AppendAsync(new AppendRequest(mail), Ct);
        var (changes, _) = await ChangesAsync(user, state);

        Assert.True(changes.Single(c => Id(c) == old).GetProperty("gone").GetBoolean());
        Assert.Single(Keys(changes.Single(c => Id(c) == renewed), "created"));
    }

    [Fact]
    public async Task A_state_nobody_knows_has_expired_and_one_that_is_none_is_malformed()
    {
        var (user, other) = (await ServedUser.NewAsync(servers, Ct), await ServedUser.NewAsync(servers, Ct));
        var state = await StateAsync(other, null);

        Assert.Equal((410, "cursor-expired"), (await user.GetAsync($"changes?since={state}", Ct)).Problem);
        Assert.Equal((400, "malformed-cursor"), (await user.GetAsync("changes?since=x", Ct)).Problem);
    }

    private static async Task<string> StateAsync(ServedUser user, string? since) => (await ChangesAsync(user, since)).State;

    private static async Task<(List<JsonElement> Changes, string State)> ChangesAsync(ServedUser user, string? since)
    {
        var answer = await user.GetAsync(since is null ? "changes" : $"changes?since={since}", Ct);
        Assert.Equal(200, (int)answer.Status);
        Assert.False(answer.Json.GetProperty("hasMore").GetBoolean());
        return ([.. answer.Json.GetProperty("mailboxes").EnumerateArray()], answer.Json.GetProperty("state").GetString()!);
    }

    private static List<string> Keys(JsonElement changes, string kind) => [.. changes.GetProperty(kind).EnumerateArray().Select(k => k.GetString()!)];

    private static string Id(JsonElement of) => of.GetProperty("id").GetString()!;
}
