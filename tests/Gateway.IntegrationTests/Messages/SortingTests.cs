using System.Net;
using System.Text.Json;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class SortingTests(RealServers servers)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sort=receivedAt", "b a c")]
    [InlineData("sort=receivedAt&order=ascending", "c a b")]
    [InlineData("sort=sentAt", "c b a")]
    [InlineData("sort=size", "a c b")]
    [InlineData("sort=size&order=ascending", "b c a")]
    [InlineData("sort=from", "a b c")]
    [InlineData("sort=from&order=descending", "c b a")]
    [InlineData("sort=subject", "a b c")]
    [InlineData("order=ascending", "a b c")]
    [InlineData("order=descending", "c b a")]
    [InlineData("sort=receivedAt&subject=b", "b")]
    public async Task Each_sort_has_its_order_over_pages_of_any_size(string query, string expected)
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        await AppendAsync(imap.Inbox!, "a", "Ann <z@example.test>", Noon.AddHours(2), Noon.AddHours(1), 900);
        await AppendAsync(imap.Inbox!, "Re: b", "bob@example.test", Noon.AddHours(3), Noon.AddHours(2), 100);
        await AppendAsync(imap.Inbox!, "[list] c", "Carol <a@example.test>", Noon.AddHours(1), Noon.AddHours(3), 500);
        var inbox = await user.MailboxIdAsync("inbox", Ct);

        foreach (var limit in new[] { 1, 2, 50 })
        {
            Assert.Equal(expected.Split(' '), (await AllAsync(user, $"mailbox={inbox}&{query}", limit)).Select(s => s[^1..]));
        }
    }

    [Fact]
    public async Task All_mailboxes_are_one_list_that_shows_nothing_twice_while_mail_comes_and_goes()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        var archive = await imap.GetFolderAsync("Archive", Ct);
        var sent = await imap.GetFolderAsync("Sent", Ct);
        for (var hour = 0; hour < 12; hour++)
        {
            var folder = (hour % 3) switch { 0 => imap.Inbox!, 1 => archive, _ => sent };
            await AppendAsync(folder, $"mail {hour:00}", "ann@example.test", Noon.AddHours(hour / 2), Noon, 10); // two have each time
        }

        var first = await PageAsync(user, "limit=5", null);
        await AppendAsync(archive, "late", "ann@example.test", Noon.AddDays(9), Noon, 10);
        await archive.OpenAsync(FolderAccess.ReadWrite, Ct);
        await archive.AddFlagsAsync([2, 3], MessageFlags.Deleted, silent: true, Ct); // mail 07, perhaps the cursor's own, and 10, which was shown
        await archive.ExpungeAsync(Ct);
        var second = await PageAsync(user, "limit=5", first.Cursor);
        var third = await PageAsync(user, "limit=5", second.Cursor);

        Assert.Equal(12, first.Total);
        Assert.Equal(5, first.Subjects.Count);
        var shown = first.Subjects.Concat(second.Subjects).Concat(third.Subjects).ToList();
        Assert.Equal(shown.Count, shown.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"mail {n:00}").Except(["mail 07"]).Order(), shown.Except(["mail 07"]).Order());
        Assert.Equal(shown.Select(Hour).OrderDescending(), shown.Select(Hour));
        Assert.Null(third.Cursor);

        static int Hour(string subject) => int.Parse(subject[5..], System.Globalization.CultureInfo.InvariantCulture) / 2;
    }

    [Fact]
    public async Task A_search_over_all_mailboxes_finds_in_each_and_a_role_names_one()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        using var imap = await user.OpenInboxAsync(Ct);
        await AppendAsync(imap.Inbox!, "budget one", "ann@example.test", Noon, Noon, 10);
        await AppendAsync(await imap.GetFolderAsync("Sent", Ct), "budget two", "ann@example.test", Noon.AddHours(1), Noon, 10);
        await AppendAsync(await imap.GetFolderAsync("Sent", Ct), "other", "ann@example.test", Noon.AddHours(2), Noon, 10);

        Assert.Equal(["budget two", "budget one"], await AllAsync(user, "q=subject:budget", 50));
        Assert.Equal(["budget one", "budget two"], await AllAsync(user, "q=subject:budget&sort=subject", 1));
        Assert.Equal(["other", "budget two"], await AllAsync(user, "role=sent", 50));
        Assert.Empty(await AllAsync(user, "role=flagged", 50));
    }

    [Fact]
    public async Task Attachments_are_looked_for_where_the_server_cannot()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["plain 1"], Ct);
        for (var n = 1; n <= 3; n++)
        {
            await user.DeliverAsync($"From: a@example.test\nSubject: with {n}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHi\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\nx\n--b--\n", Ct);
            await user.DeliverSubjectsAsync([$"plain {n + 1}"], Ct);
        }

        var inbox = await user.MailboxIdAsync("inbox", Ct);
        foreach (var limit in new[] { 1, 2, 3, 50 })
        {
            Assert.Equal(["with 3", "with 2", "with 1"], await AllAsync(user, $"mailbox={inbox}&hasAttachment=true", limit));
            Assert.Equal(["with 3", "with 2", "with 1"], await AllAsync(user, "q=has:attachment", limit));
            Assert.Equal(["plain 4", "plain 3", "plain 2", "plain 1"], await AllAsync(user, $"mailbox={inbox}&q=-has:attachment", limit));
        }
    }

    [Theory]
    [InlineData("role=inbox&mailbox={0}", "role")]
    [InlineData("sort=colour", "sort")]
    [InlineData("order=up", "order")]
    [InlineData("role=king", "role")]
    [InlineData("offset=5", "offset")]
    [InlineData("cursor=xyz", "cursor")]
    [InlineData("mailbox={0}&sort=size&cursor=1.1", "cursor")]
    public async Task Hostile_values_are_refused_by_name(string query, string parameter)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var answer = await user.GetAsync($"messages?{string.Format(null, query, await user.MailboxIdAsync("inbox", Ct))}", Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(parameter, answer.Json.GetProperty("errors")[0].GetProperty("parameter").GetString());
    }

    private static Task<UniqueId?> AppendAsync(IMailFolder folder, string subject, string from, DateTimeOffset received, DateTimeOffset sent, int size)
    {
        var message = new MimeMessage { Subject = subject, Date = sent, Body = new TextPart("plain") { Text = new string('x', size) } };
        message.From.Add(MailboxAddress.Parse(from));
        return folder.AppendAsync(new AppendRequest(message, MessageFlags.None, received), Ct);
    }

    /// <summary>The subjects of every page.</summary>
    private static async Task<IReadOnlyList<string>> AllAsync(ServedUser user, string query, int limit)
    {
        List<string> all = [];
        string? cursor = null;
        do
        {
            var page = await PageAsync(user, $"{query}&limit={limit}", cursor);
            all.AddRange(page.Subjects);
            cursor = page.Cursor;
        }
        while (cursor is not null && all.Count < 100);

        return all;
    }

    private static async Task<(IReadOnlyList<string> Subjects, string? Cursor, int? Total)> PageAsync(ServedUser user, string query, string? cursor)
    {
        var answer = await user.GetAsync($"messages?{query}{(cursor is null ? "" : $"&cursor={cursor}")}", Ct);
        Assert.Equal((query, HttpStatusCode.OK), (query, answer.Status));
        var page = answer.Json;
        return ([.. page.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("subject").GetString()!)],
            page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null, page.TryGetProperty("total", out var total) ? total.GetInt32() : null);
    }
}
