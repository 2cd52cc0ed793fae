using System.Net;
using System.Text.Json;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Mailboxes;

public sealed class EditingTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Server", "Dovecot")] // Cyrus refuses these, and says so: mailbox-refused
    [InlineData("it's \"quoted\" \\ here")]
    [InlineData("a (b) [c] {5}")]
    public Task A_mailbox_of_a_name_that_few_servers_take_is_made_and_found(string name) => A_mailbox_of_any_name_is_made_and_found(name);

    [Theory]
    [InlineData("Receipts")]
    [InlineData("Счета & 請求書 🧾")]
    [InlineData("&AOk-")]
    public async Task A_mailbox_of_any_name_is_made_and_found(string name)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var made = await AddAsync(user, name);

        Assert.Equal((name, true, 0), (made.GetProperty("name").GetString(), made.GetProperty("subscribed").GetBoolean(), made.GetProperty("total").GetInt32()));
        Assert.Equal(made.GetProperty("path").GetString(), (await user.GetAsync($"mailboxes/{Id(made)}", Ct)).Json.GetProperty("path").GetString());
        using var imap = await user.OpenInboxAsync(Ct);
        Assert.Contains(await imap.GetFoldersAsync(imap.PersonalNamespaces[0], cancellationToken: Ct), f => f.Name == name);
        Assert.Equal((409, "mailbox-exists"), (await user.SendAsync(HttpMethod.Post, "mailboxes", new { name }, Ct)).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" led")]
    [InlineData("a\r\nb")]
    [InlineData("a\u0000b")]
    [InlineData("a*")]
    [InlineData("%")]
    [InlineData("..")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u200Bb")]
    [InlineData("a/b")]
    public async Task A_name_that_would_mean_something_else_is_refused(string name)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var answer = await user.SendAsync(HttpMethod.Post, "mailboxes", new { name }, Ct);

        Assert.Equal((422, "validation-failed"), answer.Problem);
        Assert.Equal("/name", answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Renamed_and_moved_mailboxes_keep_their_ids_and_their_messages_theirs()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one", "two"], Ct);
        var (top, other) = (await AddAsync(user, "Projects"), await AddAsync(user, "Old"));
        var child = await AddAsync(user, "2026", Id(top));
        var ids = (await user.ListAsync("inbox", Ct)).Select(Id).ToArray();
        await user.SendAsync(HttpMethod.Post, "messages/batch", new { ids = ids[..1], action = new { moveTo = Id(child) } }, Ct);
        await user.SendAsync(HttpMethod.Post, "messages/batch", new { ids = ids[1..], action = new { copyTo = Id(child) } }, Ct);
        var before = await InAsync(user, Id(child));

        var renamed = await PatchAsync(user, Id(top), new { name = "Work" });
        var moved = await PatchAsync(user, Id(top), new { parentId = Id(other) });

        Assert.Equal(("Work", Id(top)), (renamed.GetProperty("name").GetString(), Id(renamed)));
        Assert.Equal(("Old/Work", Id(other)), (moved.GetProperty("path").GetString(), moved.GetProperty("parentId").GetString()));
        Assert.Equal("Old/Work/2026", (await user.GetAsync($"mailboxes/{Id(child)}", Ct)).Json.GetProperty("path").GetString());
        Assert.Equal(before, await InAsync(user, Id(child)));
        foreach (var id in before) { Assert.Equal(HttpStatusCode.OK, (await user.GetAsync($"messages/{id}", Ct)).Status); }

        Assert.Equal("Work", (await PatchAsync(user, Id(top), new { toTop = true })).GetProperty("path").GetString());
        Assert.Equal(before, await InAsync(user, Id(child)));
    }

    [Fact]
    public async Task A_new_mailbox_of_an_old_name_is_another_mailbox()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one"], Ct);
        var first = await AddAsync(user, "Box");
        await user.SendAsync(HttpMethod.Post, "messages/batch", new { query = new { role = "inbox" }, action = new { moveTo = Id(first) } }, Ct);
        await InAsync(user, Id(first)); // twice looked at, so that it is watched and selected
        await InAsync(user, Id(first));
        await PatchAsync(user, Id(first), new { name = "Kept" });

        var second = await AddAsync(user, "Box");

        Assert.NotEqual(Id(first), Id(second));
        Assert.Empty(await InAsync(user, Id(second)));
        Assert.Single(await InAsync(user, Id(first)));
    }

    [Fact]
    public async Task Deleting_asks_before_anything_is_lost()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one"], Ct);
        var top = await AddAsync(user, "Top");
        var below = await AddAsync(user, "Below", Id(top));
        await user.SendAsync(HttpMethod.Post, "messages/batch", new { query = new { role = "inbox" }, action = new { moveTo = Id(below) } }, Ct);

        Assert.Equal((409, "mailbox-in-use"), (await DeleteAsync(user, await user.MailboxIdAsync("inbox", Ct), "?force=true")).Problem);
        Assert.Equal((409, "mailbox-in-use"), (await DeleteAsync(user, await user.MailboxIdAsync("sent", Ct))).Problem);
        Assert.Equal((409, "mailbox-in-use"), (await DeleteAsync(user, Id(top))).Problem);
        Assert.Equal((409, "mailbox-in-use"), (await DeleteAsync(user, Id(below))).Problem);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(user, Id(below), "?force=true")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(user, Id(top))).Status);
        Assert.Equal((404, "mailbox-not-found"), (await DeleteAsync(user, Id(top))).Problem);
        Assert.Equal(404, (int)(await user.GetAsync($"messages?mailbox={Id(below)}", Ct)).Status);
    }

    [Fact]
    public async Task The_trash_is_emptied_and_nothing_else()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one", "two", "three"], Ct);
        await user.SendAsync(HttpMethod.Post, "messages/batch", new { query = new { role = "inbox", filter = new { q = "-subject:three" } }, action = new { trash = true } }, Ct);

        var emptied = await user.SendAsync(HttpMethod.Post, $"mailboxes/{await user.MailboxIdAsync("trash", Ct)}/empty", null, Ct);
        var refused = await user.SendAsync(HttpMethod.Post, $"mailboxes/{await user.MailboxIdAsync("inbox", Ct)}/empty", null, Ct);

        Assert.Equal((2, 0), (emptied.Json.GetProperty("expunged").GetInt32(), emptied.Json.GetProperty("failed").GetInt32()));
        Assert.Empty(await user.ListAsync("trash", Ct));
        Assert.Equal((409, "mailbox-in-use"), refused.Problem);
        Assert.Single(await user.ListAsync("inbox", Ct));
    }

    [Fact]
    public async Task Subscription_is_a_switch()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var box = await AddAsync(user, "Box");

        Assert.False((await PatchAsync(user, Id(box), new { subscribed = false })).GetProperty("subscribed").GetBoolean());
        Assert.True((await PatchAsync(user, Id(box), new { subscribed = true, name = "Other" })).GetProperty("subscribed").GetBoolean());
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var (top, inbox) = (await AddAsync(user, "Top"), await user.MailboxIdAsync("inbox", Ct));
        var below = await AddAsync(user, "Below", Id(top));
        await AddAsync(user, "Taken");

        Assert.Equal((409, "mailbox-in-use"), (await TryPatchAsync(user, inbox, new { name = "Outbox" })).Problem);
        Assert.Equal((422, "validation-failed"), (await TryPatchAsync(user, Id(top), new { parentId = Id(below) })).Problem);
        Assert.Equal((422, "validation-failed"), (await TryPatchAsync(user, Id(top), new { parentId = Id(below), toTop = true })).Problem);
        Assert.Equal((422, "validation-failed"), (await TryPatchAsync(user, Id(top), new { name = "a/b" })).Problem);
        Assert.Equal((409, "mailbox-exists"), (await TryPatchAsync(user, Id(top), new { name = "Taken" })).Problem);
        Assert.Equal((409, "mailbox-exists"), (await user.SendAsync(HttpMethod.Post, "mailboxes", new { name = "iNbOx" }, Ct)).Problem);
        Assert.Equal((404, "mailbox-not-found"), (await user.SendAsync(HttpMethod.Post, "mailboxes", new { name = "x", parentId = new Mail.MailboxId(999).ToString() }, Ct)).Problem);
    }

    private static string Id(JsonElement thing) => thing.GetProperty("id").GetString()!;

    private static async Task<JsonElement> AddAsync(ServedUser user, string name, string? parentId = null)
    {
        var answer = await user.SendAsync(HttpMethod.Post, "mailboxes", parentId is null ? new { name } : new { name, parentId }, Ct);
        Assert.True(answer.Status == HttpStatusCode.Created, $"{answer.Status}: {answer.Json}");
        return answer.Json;
    }

    private static async Task<JsonElement> PatchAsync(ServedUser user, string id, object update)
    {
        var answer = await TryPatchAsync(user, id, update);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status}: {answer.Json}");
        return answer.Json;
    }

    private static Task<Answer> TryPatchAsync(ServedUser user, string id, object update) => user.SendAsync(HttpMethod.Patch, $"mailboxes/{id}", update, Ct);

    private static Task<Answer> DeleteAsync(ServedUser user, string id, string query = "") => user.SendAsync(HttpMethod.Delete, $"mailboxes/{id}{query}", null, Ct);

    private static async Task<string[]> InAsync(ServedUser user, string mailbox) =>
        [.. (await user.GetAsync($"messages?mailbox={mailbox}", Ct)).Json.GetProperty("items").EnumerateArray().Select(Id)];
}
