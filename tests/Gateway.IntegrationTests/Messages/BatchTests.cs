using System.Net;
using System.Text.Json;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class BatchTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_bad_item_never_fails_the_rest_and_each_says_how_it_went()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one", "two", "gone"], Ct);
        var ids = await IdsAsync(user, "inbox"); // newest first: gone, two, one
        using (var imap = await user.OpenInboxAsync(Ct))
        {
            await imap.Inbox!.AddFlagsAsync([2], MessageFlags.Deleted, silent: true, Ct);
            await imap.Inbox.ExpungeAsync(Ct);
        }

        var stranger = new Mail.MessageKey(new(4000), 1).ToString();
        var results = await BatchAsync(user, new { ids = new[] { ids[2], stranger, ids[0], ids[1] }, action = new { flags = new { add = new[] { "seen", "flagged" } }, keywords = new { add = new[] { "work" } } } });

        Assert.Equal([(ids[2], "ok", null), (stranger, "failed", "message-not-found"), (ids[0], "failed", "message-gone"), (ids[1], "ok", null)], results.Select(Outcome));
        var rows = await user.ListAsync("inbox", Ct);
        Assert.All(rows, row => Assert.Equal(("seen,flagged", "work"), (Joined(row, "flags"), Joined(row, "keywords"))));
    }

    [Fact]
    public async Task Moved_messages_keep_their_ids_from_whichever_mailbox_they_come()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(Enumerable.Range(1, 5).Select(n => $"mail {n}"), Ct);
        var ids = await IdsAsync(user, "inbox");
        await BatchAsync(user, new { ids = ids[..2], action = new { moveTo = await user.MailboxIdAsync("archive", Ct) } });

        var results = await BatchAsync(user, new { ids, action = new { moveTo = await user.MailboxIdAsync("junk", Ct), flags = new { add = new[] { "seen" } } } });

        Assert.All(results, r => Assert.Equal("ok", r.GetProperty("status").GetString()));
        Assert.Equal(ids.Order(), (await IdsAsync(user, "junk")).Order());
        Assert.Empty(await IdsAsync(user, "inbox"));
        foreach (var id in ids) { Assert.Equal(HttpStatusCode.OK, (await user.GetAsync($"messages/{id}", Ct)).Status); }
    }

    [Fact]
    public async Task A_query_names_the_messages_of_one_mailbox()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["news 1", "letter", "news 2"], Ct);

        var results = await BatchAsync(user, new { query = new { role = "inbox", filter = new { subject = "news", unread = true } }, action = new { trash = true } });

        Assert.Equal(["ok", "ok"], results.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal(["letter"], (await user.ListAsync("inbox", Ct)).Select(Subject));
        Assert.Equal(["news 1", "news 2"], (await user.ListAsync("trash", Ct)).Select(Subject).Order());
    }

    [Fact]
    public async Task A_copy_tells_its_id_and_leaves_the_message()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one", "two"], Ct);
        var ids = await IdsAsync(user, "inbox");

        var results = await BatchAsync(user, new { ids, action = new { copyTo = await user.MailboxIdAsync("archive", Ct) } });

        var copies = results.Select(r => r.GetProperty("newId").GetString()!).ToList();
        Assert.Equal(copies.Order(), (await IdsAsync(user, "archive")).Order());
        Assert.Equal(ids, await IdsAsync(user, "inbox"));
        Assert.Equal("two", (await user.GetAsync($"messages/{copies[0]}", Ct)).Json.GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Expunging_leaves_what_others_have_marked_deleted()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["mine", "marked", "also mine"], Ct);
        var ids = await IdsAsync(user, "inbox");
        using var imap = await user.OpenInboxAsync(Ct);
        await imap.Inbox!.AddFlagsAsync([1], MessageFlags.Deleted, silent: true, Ct);

        await BatchAsync(user, new { ids = new[] { ids[0], ids[2] }, action = new { expunge = true } });

        await imap.Inbox.CheckAsync(Ct);
        Assert.Equal("marked", Assert.Single(await imap.Inbox.FetchAsync(0, -1, MessageSummaryItems.Envelope, Ct)).Envelope!.Subject);
        Assert.Equal((410, "message-gone"), (await user.GetAsync($"messages/{ids[0]}", Ct)).Problem);
    }

    [Fact]
    public async Task Hundreds_go_in_pieces()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        for (var n = 0; n < 450; n++)
        {
            await imap.Inbox!.AppendAsync(new AppendRequest(new MimeKit.MimeMessage { Subject = $"{n}", Body = new MimeKit.TextPart("plain") { Text = "x" } }), Ct);
        }

        var results = await BatchAsync(user, new { query = new { role = "inbox" }, action = new { trash = true } });

        Assert.Equal((450, 450), (results.Count, results.Count(r => r.GetProperty("status").GetString() == "ok")));
        Assert.Equal(450, (await user.MailboxAsync("trash", Ct)).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{"action":{"trash":true}}""", "")]
    [InlineData("""{"ids":[],"action":{"trash":true}}""", "/ids")]
    [InlineData("""{"query":{"role":"inbox"},"action":{}}""", "/action")]
    [InlineData("""{"query":{"role":"inbox"},"action":{"trash":true,"expunge":true}}""", "/action")]
    [InlineData("""{"query":{},"action":{"trash":true}}""", "/query")]
    [InlineData("""{"query":{"role":"inbox","filter":{"q":"has:attachment"}},"action":{"expunge":true}}""", "/query/filter")]
    [InlineData("""{"query":{"role":"inbox","filter":{"subject":"a\r\nb"}},"action":{"expunge":true}}""", "/query/filter/subject")]
    [InlineData("""{"query":{"role":"inbox"},"action":{"keywords":{"add":["a b"]}}}""", "/action/keywords/add/0")]
    public async Task What_makes_no_sense_is_refused_with_its_place(string batch, string pointer)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var answer = await user.SendAsync(HttpMethod.Post, "messages/batch", JsonSerializer.Deserialize<JsonElement>(batch), Ct);

        Assert.Equal((422, "validation-failed"), answer.Problem);
        Assert.Equal(pointer, answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    private static async Task<IReadOnlyList<JsonElement>> BatchAsync(ServedUser user, object batch)
    {
        var answer = await user.SendAsync(HttpMethod.Post, "messages/batch", batch, Ct);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status}: {answer.Json}");
        return [.. answer.Json.GetProperty("results").EnumerateArray()];
    }

    private static async Task<string[]> IdsAsync(ServedUser user, string role) => [.. (await user.ListAsync(role, Ct)).Select(m => m.GetProperty("id").GetString()!)];

    private static (string? Id, string? Status, string? Code) Outcome(JsonElement result) => (
        result.GetProperty("id").GetString(), result.GetProperty("status").GetString(), result.TryGetProperty("problem", out var problem) ? problem.GetProperty("code").GetString() : null);

    private static string Joined(JsonElement row, string list) => string.Join(',', row.GetProperty(list).EnumerateArray().Select(f => f.GetString()));

    private static string? Subject(JsonElement row) => row.GetProperty("subject").GetString();
}
