using System.Text.Json;
using MailKit;
using Xunit;

namespace Gateway.IntegrationTests.Messages;

public sealed class UpdateMessageTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flags_and_keywords_reach_the_server()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: Flags\n\nText\n", Ct);

        var added = await PatchAsync(user, id, """{"flags":{"add":["seen","flagged","forwarded"]},"keywords":{"add":["invoices"]}}""");
        var between = await FlagsAsync(user);
        var removed = await PatchAsync(user, id, """{"flags":{"add":["answered"],"remove":["seen"]},"keywords":{"remove":["invoices"]}}""");
        var after = await FlagsAsync(user);

        Assert.Equal(["seen", "flagged", "forwarded"], Names(added.Json, "flags"));
        Assert.Equal(["invoices"], Names(added.Json, "keywords"));
        Assert.Equal(MessageFlags.Seen | MessageFlags.Flagged, between.Flags & ~MessageFlags.Recent);
        Assert.Equal(["$Forwarded", "invoices"], between.Keywords.Order(StringComparer.Ordinal));
        Assert.Equal(["flagged", "answered", "forwarded"], Names(removed.Json, "flags"));
        Assert.Equal(MessageFlags.Flagged | MessageFlags.Answered, after.Flags & ~MessageFlags.Recent);
        Assert.Equal(["$Forwarded"], after.Keywords);
    }

    [Fact]
    public async Task A_moved_message_keeps_its_id()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: Wanders\n\nText\n", Ct);
        var archive = await user.MailboxIdAsync("archive", Ct);

        var moved = await PatchAsync(user, id, $$"""{"flags":{"add":["seen"]},"mailboxId":"{{archive}}"}""");

        Assert.Equal((id, archive), (moved.Json.GetProperty("id").GetString(), moved.Json.GetProperty("mailboxId").GetString()));
        Assert.Empty(await user.ListAsync("inbox", Ct));
        Assert.Equal([id], (await user.ListAsync("archive", Ct)).Select(m => m.GetProperty("id").GetString()));
        Assert.Equal("Text", (await user.GetAsync($"messages/{id}", Ct)).Json.GetProperty("text").GetString()!.Trim());

        var back = await PatchAsync(user, id, $$"""{"mailboxId":"{{await user.MailboxIdAsync("inbox", Ct)}}"}""");

        Assert.Equal(id, back.Json.GetProperty("id").GetString());
        Assert.Equal([id], (await user.ListAsync("inbox", Ct)).Select(m => m.GetProperty("id").GetString()));
        Assert.Empty(await user.ListAsync("archive", Ct));
    }

    [Fact]
    public async Task What_cannot_be_changed_is_refused()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = await user.DeliverAndFindAsync("Subject: Stays\n\nText\n", Ct);

        Assert.Equal((422, "validation-failed"), (await PatchAsync(user, id, """{"keywords":{"add":["two words"]}}""")).Problem);
        Assert.Equal((400, "malformed-request"), (await PatchAsync(user, id, """{"flags":{"add":["recent"]}}""")).Problem);
        Assert.Equal((400, "malformed-request"), (await PatchAsync(user, id, """{"mailboxId":"nonsense"}""")).Problem);
        Assert.Equal((404, "mailbox-not-found"), (await PatchAsync(user, id, $$"""{"mailboxId":"{{new Gateway.Mail.MailboxId(987_654)}}"}""")).Problem);
        Assert.Equal([id], (await user.ListAsync("inbox", Ct)).Select(m => m.GetProperty("id").GetString()));
    }

    private static Task<Answer> PatchAsync(ServedUser user, string id, string change) =>
        user.SendAsync(HttpMethod.Patch, $"messages/{id}", JsonSerializer.Deserialize<JsonElement>(change), Ct);

    private static IEnumerable<string?> Names(JsonElement row, string property) => row.GetProperty(property).EnumerateArray().Select(f => f.GetString());

    private static async Task<(MessageFlags Flags, IEnumerable<string> Keywords)> FlagsAsync(ServedUser user)
    {
        using var imap = await user.OpenInboxAsync(Ct);
        var state = (await imap.Inbox!.FetchAsync(0, 0, MessageSummaryItems.Flags, Ct))[0];
        return (state.Flags!.Value, [.. state.Keywords]);
    }
}
