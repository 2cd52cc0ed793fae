using System.Text.Json;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class ListMessagesTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Newest_come_first_and_rows_say_what_a_list_shows()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["first"], Ct);
        await user.DeliverAsync("From: =?utf-8?q?J=C3=BCrgen?= <j@example.test>\nTo: Ann <ann@example.test>\nDate: Thu, 1 Oct 2026 10:00:00 +0200\nSubject: =?utf-8?b?0J/RgNC40LLQtdGC?=\n\nHow are you?\n", Ct);

        var rows = await user.ListAsync("inbox", Ct);

        Assert.Equal(["Привет", "first"], rows.Select(Subject));
        Assert.Equal("Jürgen", rows[0].GetProperty("from")[0].GetProperty("name").GetString());
        Assert.Equal("ann@example.test", rows[0].GetProperty("to")[0].GetProperty("address").GetString());
        Assert.Equal(new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero), rows[0].GetProperty("sentAt").GetDateTimeOffset());
        Assert.Equal("How are you?", rows[0].GetProperty("preview").GetString());
        Assert.False(rows[0].GetProperty("hasAttachments").GetBoolean());
    }

    [Fact]
    public async Task Paging_shows_nothing_twice_and_skips_nothing_while_mail_comes_and_goes()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(Enumerable.Range(1, 12).Select(n => $"mail {n:00}"), Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        var mailbox = await user.MailboxIdAsync("inbox", Ct);
        var first = await PageAsync($"messages?mailbox={mailbox}&limit=4");

        // Between the pages: one arrives above, one shown already and one not yet shown are expunged.
        await user.DeliverSubjectsAsync(["late"], Ct);
        await ExpungeAsync("mail 11", "mail 03");
        var second = await PageAsync($"messages?mailbox={mailbox}&limit=4&cursor={first.Cursor}");
        await ExpungeAsync("mail 06");
        var third = await PageAsync($"messages?mailbox={mailbox}&limit=4&cursor={second.Cursor}");

        Assert.Equal(["mail 12", "mail 11", "mail 10", "mail 09"], first.Subjects);
        Assert.Equal(["mail 08", "mail 07", "mail 06", "mail 05"], second.Subjects);
        Assert.Equal(["mail 04", "mail 02", "mail 01"], third.Subjects);
        Assert.Null(third.Cursor);

        async Task<(IEnumerable<string?> Subjects, string? Cursor)> PageAsync(string path)
        {
            var page = (await user.GetAsync(path, Ct)).Json;
            return (page.GetProperty("items").EnumerateArray().Select(Subject).ToList(), page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null);
        }

        async Task ExpungeAsync(params string[] subjects)
        {
            await imap.Inbox!.CheckAsync(Ct);
            var all = await imap.Inbox.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Envelope, Ct);
            var uids = all.Where(m => subjects.Contains(m.Envelope!.Subject)).Select(m => m.UniqueId).ToList();
            await imap.Inbox.AddFlagsAsync(uids, MessageFlags.Deleted, silent: true, Ct);
            await imap.Inbox.ExpungeAsync(uids, Ct);
        }
    }

    [Fact]
    public async Task Unread_and_flagged_narrow_the_list()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["plain", "read", "star", "read star"], Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        await imap.Inbox!.AddFlagsAsync([1, 3], MessageFlags.Seen, silent: true, Ct);
        await imap.Inbox.AddFlagsAsync([2, 3], MessageFlags.Flagged, silent: true, Ct);

        Assert.Equal(["star", "plain"], (await user.ListAsync("inbox", Ct, "&unread=true")).Select(Subject));
        Assert.Equal(["read star", "star"], (await user.ListAsync("inbox", Ct, "&flagged=true")).Select(Subject));
        Assert.Equal(["star"], (await user.ListAsync("inbox", Ct, "&unread=true&flagged=true")).Select(Subject));
        Assert.Equal(["read"], (await user.ListAsync("inbox", Ct, "&unread=false&flagged=false")).Select(Subject));
    }

    [Fact]
    public async Task An_offset_reaches_any_place_of_the_list()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one", "two", "three", "four"], Ct);

        Assert.Equal(["two", "one"], (await user.ListAsync("inbox", Ct, "&offset=2&limit=2")).Select(Subject));
        Assert.Empty(await user.ListAsync("inbox", Ct, "&offset=4"));
    }

    [Fact]
    public async Task A_page_around_a_message_has_it_in_its_middle_and_tells_where_it_is()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one", "two", "three", "four", "five", "six", "seven"], Ct);
        var all = await user.ListAsync("inbox", Ct);
        var (three, newest) = (all[4].GetProperty("id").GetString(), all[0].GetProperty("id").GetString());

        for (var look = 0; look < 3; look++) // from the server, and later from memory
        {
            var page = await user.GetAsync($"messages?role=inbox&limit=3&around={three}", Ct);
            Assert.Equal(["four", "three", "two"], page.Json.GetProperty("items").EnumerateArray().Select(Subject));
            Assert.Equal((3, 7), (page.Json.GetProperty("offset").GetInt32(), page.Json.GetProperty("total").GetInt32()));
            Assert.Equal("one", Subject(Assert.Single((await user.GetAsync($"messages?role=inbox&limit=3&cursor={page.Json.GetProperty("nextCursor").GetString()}", Ct)).Json.GetProperty("items").EnumerateArray())));
            Assert.Equal(0, (await user.GetAsync($"messages?role=inbox&limit=3&around={newest}", Ct)).Json.GetProperty("offset").GetInt32());
        }

        Assert.Equal((404, "message-not-found"), (await user.GetAsync($"messages?role=drafts&around={three}", Ct)).Problem);
        Assert.Equal((400, "malformed-request"), (await user.GetAsync($"messages?around={three}", Ct)).Problem);
        Assert.Equal((400, "malformed-request"), (await user.GetAsync($"messages?role=inbox&unread=true&around={three}", Ct)).Problem);
    }

    [Theory]
    [InlineData("messages?mailbox=nonsense", 400, "malformed-request")]
    [InlineData("messages/nonsense", 400, "malformed-request")]
    public async Task An_id_that_is_none_is_malformed(string path, int status, string code)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        Assert.Equal((status, code), (await user.GetAsync(path, Ct)).Problem);
    }

    [Theory]
    [InlineData("&cursor=nonsense", "malformed-cursor")]
    [InlineData("&limit=0", "malformed-request")]
    [InlineData("&offset=-1", "malformed-request")]
    public async Task A_place_that_cannot_be_is_malformed(string filter, string code)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var mailbox = await user.MailboxIdAsync("inbox", Ct);

        Assert.Equal((400, code), (await user.GetAsync($"messages?mailbox={mailbox}{filter}", Ct)).Problem);
    }

    private static string? Subject(JsonElement row) => row.GetProperty("subject").GetString();
}
