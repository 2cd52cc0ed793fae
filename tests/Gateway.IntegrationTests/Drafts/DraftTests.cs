using System.Text.Json;
using Gateway.IntegrationTests.Events;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Drafts;

public sealed class DraftTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_in_the_drafts_mailbox_for_every_mail_program()
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var draft = (await user.SendAsync(HttpMethod.Post, "drafts", new
        {
            to = new[] { new { address = "bob@example.test", name = "Bob" } }, bcc = new[] { new { address = "cy@example.test" } }, subject = "Plan", text = "First", html = "<p>First</p>",
            attachments = new[] { new { fileName = "a.txt", contentType = "text/plain", content = Convert.ToBase64String("file"u8) } },
        }, Ct)).Json;

        Assert.Equal(("Plan", "<p>First</p>"), (Text(draft, "subject"), Text(draft, "html")));
        Assert.Equal("cy@example.test", Text(draft.GetProperty("bcc")[0], "address"));
        var row = Assert.Single((await user.GetAsync("drafts", Ct)).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(Text(draft, "id"), Text(row, "id"));
        using var imap = await servers.Mail.ImapAsync(user.Address, Ct);
        var summary = Assert.Single(await FetchDraftsAsync(imap));
        Assert.Equal(MessageFlags.Draft | MessageFlags.Seen, summary.Flags & ~MessageFlags.Recent);
    }

    [Fact]
    public async Task Saving_again_keeps_the_id_the_message_id_and_what_it_names_of_itself()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var first = (await user.SendAsync(HttpMethod.Post, "drafts", new
        {
            subject = "One", text = "x", attachments = new[] { new { fileName = "a.txt", content = Convert.ToBase64String("file"u8) } },
        }, Ct)).Json;
        var id = Text(first, "id");
        var header = Text((await user.GetAsync($"messages/{id}", Ct)).Json, "messageIdHeader");

        for (var i = 2; i < 5; i++)
        {
            var part = (await user.GetAsync($"drafts/{id}", Ct)).Json.GetProperty("attachments")[0];
            var saved = await user.SendAsync(HttpMethod.Put, $"drafts/{id}", new { subject = $"Now {i}", text = "y", attachments = new[] { new { messageId = id, partId = Text(part, "partId") } } }, Ct);
            Assert.Equal((200, id, $"Now {i}"), ((int)saved.Status, Text(saved.Json, "id"), Text(saved.Json, "subject")));
        }

        var now = (await user.GetAsync($"drafts/{id}", Ct)).Json;
        Assert.Equal("a.txt", Text(now.GetProperty("attachments")[0], "fileName"));
        Assert.Equal(header, Text((await user.GetAsync($"messages/{id}", Ct)).Json, "messageIdHeader"));
        Assert.Equal(id, Text(Assert.Single((await user.GetAsync("drafts", Ct)).Json.GetProperty("items").EnumerateArray()), "id"));
        using var imap = await servers.Mail.ImapAsync(user.Address, Ct);
        Assert.Single(await FetchDraftsAsync(imap));
    }

    [Fact]
    public async Task A_draft_that_was_saved_elsewhere_meanwhile_is_not_overwritten()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = Text((await user.SendAsync(HttpMethod.Post, "drafts", new { subject = "One" }, Ct)).Json, "id");
        using var seen = await servers.Http.GetAsync(new Uri($"/v1/accounts/{user.Account}/drafts/{id}", UriKind.Relative), Ct);
        await user.SendAsync(HttpMethod.Put, $"drafts/{id}", new { subject = "Two" }, Ct);

        using var late = new HttpRequestMessage(HttpMethod.Put, $"/v1/accounts/{user.Account}/drafts/{id}") { Content = new StringContent("{}", null, "application/json") };
        late.Headers.IfMatch.Add(seen.Headers.ETag!);

        Assert.Equal((412, "precondition-failed"), (await Answer.ReadAsync(servers.Http, late, Ct)).Problem);
        Assert.Equal("Two", Text((await user.GetAsync($"drafts/{id}", Ct)).Json, "subject"));
    }

    [Fact]
    public async Task What_a_save_answers_is_tagged_as_what_is_read_so_that_the_next_one_can_be_conditional()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var drafts = new Uri($"/v1/accounts/{user.Account}/drafts", UriKind.Relative);
        using var first = await servers.Http.PostAsync(drafts, Json("One"), Ct);
        var id = Text((await user.GetAsync("drafts", Ct)).Json.GetProperty("items")[0], "id");
        var at = new Uri($"{drafts}/{id}", UriKind.Relative);
        using var read = await servers.Http.GetAsync(at, Ct);
        Assert.Equal(read.Headers.ETag, first.Headers.ETag);

        using var put = new HttpRequestMessage(HttpMethod.Put, at) { Content = Json("Two") };
        put.Headers.IfMatch.Add(first.Headers.ETag!);
        using var second = await servers.Http.SendAsync(put, Ct);
        using var readAgain = await servers.Http.GetAsync(at, Ct);

        Assert.Equal(200, (int)second.StatusCode);
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(readAgain.Headers.ETag, second.Headers.ETag);

        static StringContent Json(string subject) => new($$"""{"subject":"{{subject}}","text":"x"}""", null, "application/json");
    }

    [Fact]
    public async Task A_draft_is_sent_once_and_goes()
    {
        var (user, other) = (await ServedUser.NewAsync(servers, Ct), await ServedUser.NewAsync(servers, Ct));
        await using var events = await EventReader.OpenAsync(servers.Http, user.Account);
        var id = Text((await user.SendAsync(HttpMethod.Post, "drafts", new { to = new[] { new { address = other.Address } }, subject = "Sent from a draft", text = "x" }, Ct)).Json, "id");

        var sends = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => user.SendAsync(HttpMethod.Post, $"drafts/{id}/send", null, Ct)));

        Assert.All(sends, answer => Assert.Equal(202, (int)answer.Status));
        Assert.Single(sends.Select(answer => Text(answer.Json, "id")).Distinct());
        await events.NextAsync("message.deleted", data => Text(data, "id") == id);
        Assert.Empty((await user.GetAsync("drafts", Ct)).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("Sent from a draft", Text(Assert.Single(await other.ListAsync("inbox", Ct)), "subject"));
        var copy = Assert.Single(await user.ListAsync("sent", Ct));
        Assert.DoesNotContain("X-Gateway", System.Text.Encoding.ASCII.GetString((await user.GetAsync($"messages/{Text(copy, "id")}/raw", Ct)).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_whose_sending_is_canceled_in_time_stays_and_can_be_sent_again()
    {
        var (user, other) = (await ServedUser.NewAsync(servers, Ct), await ServedUser.NewAsync(servers, Ct));
        var id = Text((await user.SendAsync(HttpMethod.Post, "drafts", new { to = new[] { new { address = other.Address } }, subject = "Thought better of", text = "x" }, Ct)).Json, "id");
        var sent = await user.SendAsync(HttpMethod.Post, $"drafts/{id}/send", new { undoSeconds = 600 }, Ct);

        var canceled = await user.SendAsync(HttpMethod.Delete, $"submissions/{Text(sent.Json, "id")}", null, Ct);
        var edited = await user.SendAsync(HttpMethod.Put, $"drafts/{id}", new { to = new[] { new { address = other.Address } }, subject = "Thought over", text = "y" }, Ct);
        await using var events = await EventReader.OpenAsync(servers.Http, user.Account);
        var again = await user.SendAsync(HttpMethod.Post, $"drafts/{id}/send", null, Ct);
        await events.NextAsync("message.deleted", data => Text(data, "id") == id);

        Assert.Equal(("scheduled", "canceled", id), (Text(sent.Json, "state"), Text(canceled.Json, "state"), Text(canceled.Json, "draftId")));
        Assert.Equal((200, 202), ((int)edited.Status, (int)again.Status));
        Assert.Equal("Thought over", Text(Assert.Single(await other.ListAsync("inbox", Ct)), "subject"));
    }

    [Fact]
    public async Task A_draft_for_nobody_is_not_sent()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = Text((await user.SendAsync(HttpMethod.Post, "drafts", new { subject = "For nobody" }, Ct)).Json, "id");

        var answer = await user.SendAsync(HttpMethod.Post, $"drafts/{id}/send", null, Ct);

        Assert.Equal((422, "validation-failed"), answer.Problem);
        Assert.Equal(200, (int)(await user.GetAsync($"drafts/{id}", Ct)).Status);
    }

    [Fact]
    public async Task What_is_no_draft_is_not_found_and_not_touched()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("From: ann@example.test\nSubject: Mail\n\nText\n", Ct);

        Assert.Equal((404, "message-not-found"), (await user.GetAsync($"drafts/{id}", Ct)).Problem);
        Assert.Equal((404, "message-not-found"), (await user.SendAsync(HttpMethod.Put, $"drafts/{id}", new { }, Ct)).Problem);
        Assert.Equal((404, "message-not-found"), (await user.SendAsync(HttpMethod.Delete, $"drafts/{id}", null, Ct)).Problem);
        Assert.Equal((404, "message-not-found"), (await user.SendAsync(HttpMethod.Post, $"drafts/{id}/send", null, Ct)).Problem);
        Assert.Single(await user.ListAsync("inbox", Ct));
    }

    [Fact]
    public async Task A_draft_is_thrown_away_for_good()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = Text((await user.SendAsync(HttpMethod.Post, "drafts", new { subject = "Away" }, Ct)).Json, "id");

        Assert.Equal(204, (int)(await user.SendAsync(HttpMethod.Delete, $"drafts/{id}", null, Ct)).Status);

        Assert.Empty((await user.GetAsync("drafts", Ct)).Json.GetProperty("items").EnumerateArray());
        Assert.Empty(await user.ListAsync("trash", Ct));
    }

    [Fact]
    public async Task An_answer_names_the_sender_quotes_and_flags_the_original_once_it_is_sent()
    {
        var (user, ann) = (await ServedUser.NewAsync(servers, Ct), await ServedUser.NewAsync(servers, Ct));
        var id = await user.DeliverAndFindAsync($"From: Ann <{ann.Address}>\nTo: {user.Address}, cy@example.test\nCc: di@example.test\nSubject: Re: Plan\nMessage-ID: <1@example.test>\n\nLine\n> older\n", Ct);
        await using var events = await EventReader.OpenAsync(servers.Http, user.Account);

        var reply = (await user.SendAsync(HttpMethod.Post, $"messages/{id}/reply", new { text = "Fine." }, Ct)).Json;
        var all = (await user.SendAsync(HttpMethod.Post, $"messages/{id}/reply-all", null, Ct)).Json;

        Assert.Equal(("Re: Plan", id, ann.Address), (Text(reply, "subject"), Text(reply, "inReplyTo"), Text(reply.GetProperty("to")[0], "address")));
        Assert.StartsWith("Fine.\n\nOn ", Text(reply, "text"), StringComparison.Ordinal);
        Assert.Contains("wrote:\n> Line\n>> older", Text(reply, "text"), StringComparison.Ordinal);
        Assert.Equal(["cy@example.test", "di@example.test"], all.GetProperty("cc").EnumerateArray().Select(a => Text(a, "address")));
        await user.SendAsync(HttpMethod.Post, $"drafts/{Text(reply, "id")}/send", null, Ct);
        await events.NextAsync("message.deleted", data => Text(data, "id") == Text(reply, "id"));
        var sent = Assert.Single(await ann.ListAsync("inbox", Ct));
        Assert.Equal("1@example.test", Text((await ann.GetAsync($"messages/{Text(sent, "id")}", Ct)).Json, "inReplyTo"));
        Assert.Contains("answered", (await user.GetAsync($"messages/{id}", Ct)).Json.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
    }

    [Fact]
    public async Task What_is_passed_on_takes_its_files_and_pictures_along()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("""
            From: Ann <ann@example.test>
            To: bob@example.test
            Subject: Pictures
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: text/html

            <p>Look: <img src="cid:dot"></p>
            --b
            Content-Type: image/png
            Content-ID: <dot>
            Content-Transfer-Encoding: base64

            iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNg+M9QDwADgQF/YwfFoAAAAABJRU5ErkJggg==
            --b--
            --a
            Content-Type: application/pdf; name=plan.pdf
            Content-Disposition: attachment; filename=plan.pdf

            pdf
            --a--
            """, Ct);

        var draft = (await user.SendAsync(HttpMethod.Post, $"messages/{id}/forward", new { text = "See", to = new[] { new { address = "cy@example.test" } } }, Ct)).Json;

        Assert.Equal(("Fwd: Pictures", id), (Text(draft, "subject"), Text(draft, "forwards")));
        Assert.Contains("<img src=\"cid:dot\">", Text(draft, "html"), StringComparison.Ordinal);
        Assert.Contains("Forwarded message", Text(draft, "text"), StringComparison.Ordinal);
        Assert.Equal([("image/png", "inline"), ("application/pdf", "attachment")], draft.GetProperty("attachments").EnumerateArray().Select(a => (Text(a, "contentType"), Text(a, "disposition"))));
    }

    private static async Task<IList<IMessageSummary>> FetchDraftsAsync(MailKit.Net.Imap.ImapClient imap)
    {
        var drafts = await imap.GetFolderAsync("Drafts", Ct);
        await drafts.OpenAsync(FolderAccess.ReadOnly, Ct);
        return await drafts.FetchAsync(0, -1, MessageSummaryItems.Flags | MessageSummaryItems.UniqueId, Ct);
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
