using System.Text.Json;
using Xunit;

namespace Gateway.IntegrationTests.Threads;

public sealed class ThreadTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_shows_what_was_received_and_what_was_sent()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var question = await user.DeliverAndFindAsync(Mail("Plan", "q@x.test", ""), Ct);
        await ImportAsync(user, "sent", Mail("Re: Plan", "a@x.test", "In-Reply-To: <q@x.test>\n"));
        await user.DeliverAsync(Mail("Re: Plan", "b@x.test", "References: <q@x.test> <a@x.test>\n"), Ct);
        await user.DeliverAsync(Mail("Plan", "else@x.test", ""), Ct);

        var threads = (await user.GetAsync("threads", Ct)).Json;
        var thread = (await user.GetAsync($"messages/{question}/thread", Ct)).Json;

        Assert.Equal(2, threads.GetProperty("total").GetInt32());
        Assert.Equal([1, 3], threads.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("total").GetInt32()));
        Assert.Equal(("Plan", 3, 3), (Text(thread, "subject"), thread.GetProperty("total").GetInt32(), thread.GetProperty("unread").GetInt32()));
        Assert.Equal(["Plan", "Re: Plan", "Re: Plan"], thread.GetProperty("messages").EnumerateArray().Select(m => Text(m, "subject")));
        Assert.Equal(thread.GetRawText(), (await user.GetAsync($"threads/{Text(thread, "id")}", Ct)).Json.GetRawText());
    }

    [Fact]
    public async Task Pages_show_every_conversation_once_while_mail_comes()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        for (var i = 0; i < 6; i++) { await user.DeliverAsync(Mail($"Thread {i}", $"{i}@x.test", ""), Ct); }

        var first = (await user.GetAsync("threads?limit=4", Ct)).Json;
        await user.DeliverAsync(Mail("Re: Thread 0", "new@x.test", "In-Reply-To: <0@x.test>\n"), Ct);
        var second = (await user.GetAsync($"threads?limit=4&cursor={Text(first, "nextCursor")}", Ct)).Json;

        Assert.Equal(["Thread 5", "Thread 4", "Thread 3", "Thread 2"], first.GetProperty("items").EnumerateArray().Select(t => Text(t, "subject")));
        var collapsed = (await user.GetAsync("messages?role=inbox&collapseThreads=true&limit=3", Ct)).Json;
        Assert.Equal((6, "Re: Thread 0"), (collapsed.GetProperty("total").GetInt32(), Text(collapsed.GetProperty("items")[0], "subject")));
        Assert.Equal(3, collapsed.GetProperty("items").EnumerateArray().Select(m => Text(m, "threadId")).Distinct().Count());
        Assert.Equal((400, "malformed-request"), (await user.GetAsync("messages?collapseThreads=true", Ct)).Problem);
        Assert.Equal(["Thread 1"], second.GetProperty("items").EnumerateArray().Select(t => Text(t, "subject"))); // 0 has come to the top
        Assert.Equal("Thread 0", Text((await user.GetAsync("threads", Ct)).Json.GetProperty("items")[0], "subject"));
    }

    [Fact]
    public async Task A_list_of_messages_tells_what_the_conversation_of_each_is()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var question = await user.DeliverAndFindAsync(Mail("Plan", "q@x.test", ""), Ct);
        await ImportAsync(user, "sent", Mail("Re: Plan", "a@x.test", "In-Reply-To: <q@x.test>\n"));
        await user.DeliverAsync(Mail("Re: Plan", "b@x.test", "References: <q@x.test> <a@x.test>\n"), Ct);
        var alone = await user.DeliverAndFindAsync(Mail("Alone", "else@x.test", ""), Ct);

        var rows = (await user.GetAsync("messages?role=inbox&collapseThreads=true", Ct)).Json;
        var second = (await user.GetAsync("messages?role=inbox&collapseThreads=true&offset=1&limit=1", Ct)).Json;

        Assert.Equal((alone, false), (Text(rows.GetProperty("items")[0], "id"), rows.GetProperty("items")[0].TryGetProperty("thread", out _)));
        var thread = rows.GetProperty("items")[1].GetProperty("thread");
        Assert.Equal((3, 3, 1), (thread.GetProperty("total").GetInt32(), thread.GetProperty("unread").GetInt32(), thread.GetProperty("participants").GetArrayLength()));
        Assert.Equal([question, Text(rows.GetProperty("items")[1], "id")], thread.GetProperty("here").EnumerateArray().Select(id => id.GetString()!));
        Assert.Equal((2, rows.GetProperty("items")[1].GetRawText()), (second.GetProperty("total").GetInt32(), Assert.Single(second.GetProperty("items").EnumerateArray()).GetRawText()));
    }

    [Fact]
    public async Task A_search_finds_conversations()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverAsync(Mail("One", "1@x.test", ""), Ct);
        await user.DeliverAsync(Mail("Re: One", "2@x.test", "In-Reply-To: <1@x.test>\n"), Ct);
        await user.DeliverAsync(Mail("Two", "3@x.test", ""), Ct);

        var found = (await user.GetAsync("threads?subject=One", Ct)).Json;

        Assert.Equal(2, Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_is_done_to_a_conversation_is_done_to_every_message()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync(Mail("Plan", "q@x.test", ""), Ct);
        await ImportAsync(user, "sent", Mail("Re: Plan", "a@x.test", "In-Reply-To: <q@x.test>\n"));
        var thread = Text((await user.GetAsync($"messages/{id}/thread", Ct)).Json, "id");

        var moved = await user.SendAsync(HttpMethod.Patch, $"threads/{thread}", new { flags = new { add = new[] { "seen" } }, mailboxId = await user.MailboxIdAsync("archive", Ct) }, Ct);

        Assert.Equal((200, 2), ((int)moved.Status, moved.Json.GetProperty("results").GetArrayLength()));
        Assert.Equal((1, 1, 0), (await TotalAsync(user, "archive"), await TotalAsync(user, "sent"), (await user.GetAsync($"threads/{thread}", Ct)).Json.GetProperty("unread").GetInt32()));
        await user.SendAsync(HttpMethod.Delete, $"threads/{thread}", null, Ct);
        Assert.Equal(2, await TotalAsync(user, "trash"));
        await user.SendAsync(HttpMethod.Delete, $"threads/{thread}?permanent=true", null, Ct);
        Assert.Equal((404, "thread-not-found"), (await user.GetAsync($"threads/{thread}", Ct)).Problem);
    }

    [Theory]
    [InlineData("t0123456789abcdef", 404, "thread-not-found")]
    [InlineData("nonsense", 400, "malformed-request")]
    public async Task What_is_no_conversation_is_told(string id, int status, string code)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        Assert.Equal((status, code), (await user.GetAsync($"threads/{id}", Ct)).Problem);
    }

    private static string Mail(string subject, string id, string fields) => $"From: Ann <ann@example.test>\nSubject: {subject}\nMessage-ID: <{id}>\n{fields}\nText\n";

    private async Task ImportAsync(ServedUser user, string role, string raw)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/accounts/{user.Account}/messages?mailbox={await user.MailboxIdAsync(role, Ct)}") { Content = new StringContent(raw.ReplaceLineEndings("\r\n")) };
        request.Content.Headers.ContentType = new("message/rfc822");
        Assert.Equal(201, (int)(await Answer.ReadAsync(servers.Http, request, Ct)).Status);
    }

    private static async Task<int> TotalAsync(ServedUser user, string role) => (await user.MailboxAsync(role, Ct)).GetProperty("total").GetInt32();

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
