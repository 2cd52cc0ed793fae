using System.Net;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class SearchTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_filter_and_operator_finds_what_it_names()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverAsync("From: Ann Lee <ann@example.test>\nTo: bob@example.test\nSubject: Lunch on Friday\n\nShall we eat pizza?\n", Ct);
        await user.DeliverAsync("From: =?utf-8?q?J=C3=BCrgen?= <j@example.test>\nTo: list@example.test\nCc: carol@example.test\nSubject: =?utf-8?b?0J/RgNC40LLQtdGC?=\n\nNo pizza (100%) \"today\"\n", Ct);
        await user.DeliverAsync($"From: ann@example.test\nSubject: Report\nContent-Type: text/plain\n\n{new string('x', 5000)}\n", Ct);
        using (var imap = await user.OpenInboxAsync(Ct))
        {
            await imap.Inbox!.AddFlagsAsync(0, MessageFlags.Seen | MessageFlags.Answered, silent: true, Ct);
            await imap.Inbox.StoreAsync([1], new StoreFlagsRequest(StoreAction.Add, MessageFlags.Flagged, ["work"]), Ct);
        }

        var today = DateTime.UtcNow;
        foreach (var (query, subjects) in new (string, string[])[]
        {
            ("from=ann", ["Report", "Lunch on Friday"]),
            ("from=Ann Lee&subject=lunch", ["Lunch on Friday"]),
            ("subject=Привет", ["Привет"]),
            ("from=Jürgen", ["Привет"]),
            ("cc=carol", ["Привет"]),
            ("to=bob", ["Lunch on Friday"]),
            ("body=pizza", ["Привет", "Lunch on Friday"]),
            ("text=FRIDAY", ["Lunch on Friday"]),
            ("body=pizza (100%25) \"today\"", ["Привет"]),
            ("keyword=work", ["Привет"]),
            ("answered=true", ["Lunch on Friday"]),
            ("answered=false&unread=true", ["Report", "Привет"]),
            ("larger=4000", ["Report"]),
            ("smaller=4000&flagged=false", ["Lunch on Friday"]),
            ($"since={today.AddDays(-2):yyyy-MM-dd}&from=ann", ["Report", "Lunch on Friday"]),
            ($"before={today.AddDays(-2):yyyy-MM-dd}", []),
            ("q=from:ann -subject:report", ["Lunch on Friday"]),
            ("q=\"eat pizza\"", ["Lunch on Friday"]),
            ("q=pizza is:flagged", ["Привет"]),
            ("q=larger:4K is:unread", ["Report"]),
            ("q=keyword:work&flagged=true&from=J", ["Привет"]),
            ("q=nothing", []),
        })
        {
            var answer = await user.GetAsync($"messages?mailbox={await user.MailboxIdAsync("inbox", Ct)}&{query.Replace(" ", "%20", StringComparison.Ordinal)}", Ct);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{query}: {answer.Status}");
            Assert.Equal((query, subjects), (query, answer.Json.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("subject").GetString()!).ToArray()), SameSubjects);
            Assert.Equal(subjects.Length, answer.Json.GetProperty("total").GetInt32());
        }
    }

    [Fact]
    public async Task Found_messages_come_in_pages()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        await user.DeliverSubjectsAsync(["one", "two", "other", "three"], Ct);
        var path = $"messages?mailbox={await user.MailboxIdAsync("inbox", Ct)}&limit=2&q=-subject:other";

        var first = (await user.GetAsync(path, Ct)).Json;
        var second = (await user.GetAsync($"{path}&cursor={first.GetProperty("nextCursor").GetString()}", Ct)).Json;

        Assert.Equal(["three", "two", "one"], first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(m => m.GetProperty("subject").GetString()));
        Assert.False(second.TryGetProperty("nextCursor", out _));
    }

    [Theory]
    [InlineData("from=a%0D%0Ab", "from")]
    [InlineData("q=is:green", "q")]
    [InlineData("subject=%00", "subject")]
    [InlineData("since=yesterday", "since")]
    [InlineData("unread=maybe", "unread")]
    [InlineData("larger=99999999999", "larger")]
    public async Task Hostile_values_are_refused_by_name(string query, string parameter)
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var answer = await user.GetAsync($"messages?mailbox={await user.MailboxIdAsync("inbox", Ct)}&{query}", Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(parameter, answer.Json.GetProperty("errors")[0].GetProperty("parameter").GetString());
    }

    private static bool SameSubjects((string, string[] Subjects) expected, (string, string[] Subjects) actual) => expected.Subjects.SequenceEqual(actual.Subjects);
}
