using System.Net;
using System.Text.Json;
using Gateway.TestKit.Servers;
using MailKit;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Events;

/// <summary>A move of ours is one event, whoever watches the two mailboxes and whatever becomes of the process.</summary>
public sealed class MovedEventsTests(RealServers servers)
{
    private static readonly string[] Told = ["message.created", "message.updated", "message.moved", "message.deleted"];

    private static readonly GatewaySettings Soon = new()
    {
        Variables = new Dictionary<string, string> { ["GATEWAY__Watch__PollFastest"] = "00:00:01", ["GATEWAY__Watch__PollSlowest"] = "00:00:02" },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_move_there_and_back_is_told_twice_with_its_row_and_under_one_id()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        await account.DeliverAsync("From: Ann <ann@example.test>\r\nSubject: Move me\r\n\r\nText\r\n");
        var (inbox, archive, key) = (await account.MailboxAsync("inbox"), await account.MailboxAsync("archive"), await account.OnlyMessageAsync());
        await using var events = await EventReader.OpenAsync(http, account.Id);

        await account.PatchAsync($"messages/{key}", new { mailboxId = archive, flags = new { add = new[] { "flagged" } } });
        await account.PatchAsync($"messages/{key}", new { mailboxId = inbox });

        var told = await TellAllAsync(account, events);
        var (there, back) = (DataOf(told.Single(e => IsMove(e, inbox, archive))), DataOf(told.Single(e => IsMove(e, archive, inbox))));
        Assert.Equal((key, key), (Text(there, "id"), Text(back, "id")));
        Assert.Equal(("Move me", "ann@example.test", "flagged"), (Text(there, "subject"), Text(there.GetProperty("from")[0], "address"), there.GetProperty("flags")[0].GetString()));
        Assert.DoesNotContain(told, e => TypeOf(e) is "message.deleted" || (TypeOf(e) == "message.created" && Text(DataOf(e), "id") == key));
    }

    [Fact]
    public async Task The_counts_of_both_mailboxes_are_told_with_it()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        await account.DeliverAsync("Subject: One\r\n\r\nText\r\n");
        var key = await account.OnlyMessageAsync();
        await account.DeliverAsync("Subject: Two\r\n\r\nText\r\n");
        var (inbox, archive) = (await account.MailboxAsync("inbox"), await account.MailboxAsync("archive"));
        await using var events = await EventReader.OpenAsync(http, account.Id);
        await ProbeAsync(account, events);

        await account.PatchAsync($"messages/{key}", new { mailboxId = archive });
        var left = await events.NextAsync("mailbox.counts", c => Text(c, "mailboxId") == inbox);
        var reached = await events.NextAsync("mailbox.counts", c => Text(c, "mailboxId") == archive);

        Assert.Equal(((1, 1), (2, 2)), (CountsOf(left), CountsOf(reached)));
    }

    [Fact]
    public async Task A_bulk_move_and_its_undo_tell_each_message_once()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        var (inbox, archive) = (await account.MailboxAsync("inbox"), await account.MailboxAsync("archive"));
        using (var imap = await account.ImapAsync())
        {
            var folder = await TestAccount.OpenAsync(imap, "INBOX");
            for (var i = 0; i < 250; i++) { await AppendAsync(folder, $"Mail {i}"); } // more than one command moves
        }

        await using var events = await EventReader.OpenAsync(http, account.Id);
        var done = await account.PostAsync("messages/batch", new { query = new { mailbox = inbox }, action = new { moveTo = archive } }, HttpStatusCode.OK);
        await Answer.SendAsync(http, HttpMethod.Post, $"/v1/operations/{Text(done, "operationId")}/undo", null, Ct);
        List<JsonElement> told = [];
        while (told.Count == 0 || TypeOf(told[^1]) != "operation.progress" || Text(DataOf(told[^1]), "state") != "completed") { told.Add(await events.NextAsync([.. Told, "operation.progress"])); }

        told.RemoveAll(e => TypeOf(e) == "operation.progress");
        told.AddRange(await TellAllAsync(account, events));
        var ids = done.GetProperty("results").EnumerateArray().Select(r => Text(r, "id")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(250, ids.Count);
        Assert.Equal(ids, told.Where(e => IsMove(e, inbox, archive)).Select(e => Text(DataOf(e), "id")).Order(StringComparer.Ordinal));
        Assert.Equal(ids, told.Where(e => IsMove(e, archive, inbox)).Select(e => Text(DataOf(e), "id")).Order(StringComparer.Ordinal));
        Assert.Equal(500 + 2, told.Count); // the two that end the reading, and nothing else
    }

    [Fact]
    public async Task A_message_that_the_server_cannot_describe_is_moved_and_told()
    {
        var account = await TestAccount.AddAsync(servers);
        await account.DeliverAsync("Subject: " + string.Concat(Enumerable.Repeat("many words \r\n ", 6000)) + "\r\n\r\nText\r\n");
        var (inbox, archive) = (await account.MailboxAsync("inbox"), await account.MailboxAsync("archive"));
        await using var events = await EventReader.OpenAsync(account);

        var done = await account.PostAsync("messages/batch", new { query = new { mailbox = inbox }, action = new { moveTo = archive } }, HttpStatusCode.OK); // nobody has listed it
        var moved = await events.NextAsync("message.moved");

        var result = Assert.Single(done.GetProperty("results").EnumerateArray());
        Assert.Equal(("ok", Text(result, "id")), (Text(result, "status"), Text(DataOf(moved), "id")));
        Assert.Single(await account.ListAsync("archive"));
    }

    [Fact]
    public async Task A_move_is_told_once_although_the_process_is_killed_after_it()
    {
        await using var gateway = await GatewayProcess.StartAsync(Soon with { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        await account.DeliverAsync("Subject: Move me\r\n\r\nText\r\n");
        var (inbox, trash, key) = (await account.MailboxAsync("inbox"), await account.MailboxAsync("trash"), await account.OnlyMessageAsync());
        string cursor;
        await using (var events = await EventReader.OpenAsync(http, account.Id)) { cursor = await ProbeAsync(account, events); }

        await account.DeleteAsync($"messages/{key}");
        await gateway.KillAsync(Ct);
        await gateway.RestartAsync(Ct);

        await using var again = await EventReader.OpenAsync(http, account.Id, cursor);
        var told = await TellAllAsync(account, again);
        var moved = Assert.Single(told, e => Text(DataOf(e), "id") == key);
        Assert.True(IsMove(moved, inbox, trash), $"{moved}");
    }

    private static bool IsMove(JsonElement happened, string from, string to) =>
        TypeOf(happened) == "message.moved" && (Text(DataOf(happened), "fromMailboxId"), Text(DataOf(happened), "mailboxId")) == (from, to);

    private static string TypeOf(JsonElement happened) => Text(happened, "type");

    private static JsonElement DataOf(JsonElement happened) => happened.GetProperty("data");

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static (int, int) CountsOf(JsonElement happened) => (DataOf(happened).GetProperty("total").GetInt32(), DataOf(happened).GetProperty("unread").GetInt32());

    /// <summary>All that is told of messages until both mailboxes have told of one that came last: what else there was to tell of them was told before.</summary>
    private static async Task<IReadOnlyList<JsonElement>> TellAllAsync(TestAccount account, EventReader events)
    {
        using var imap = await account.ImapAsync();
        await AppendAsync(await TestAccount.OpenAsync(imap, "Archive"), "Last there");
        await account.DeliverAsync("Subject: Last here\r\n\r\nText\r\n");
        List<JsonElement> told = [];
        HashSet<string> last = ["Last there", "Last here"];
        while (last.Count > 0)
        {
            told.Add(await events.NextAsync(Told));
            if (TypeOf(told[^1]) == "message.created") { last.Remove(Text(DataOf(told[^1]), "subject")); }
        }

        return told;
    }

    private static async Task AppendAsync(IMailFolder folder, string subject)
    {
        using var mail = new MimeMessage([MailboxAddress.Parse("bob@example.test")], [MailboxAddress.Parse("ann@example.test")], subject, new TextPart("plain") { Text = "Text" });
        await folder.AppendAsync(mail, MessageFlags.None, Ct);
    }

    /// <summary>Files a mail and waits until it is told: then what the archive holds is known. Answers the cursor after.</summary>
    private static async Task<string> ProbeAsync(TestAccount account, EventReader events)
    {
        using var imap = await account.ImapAsync();
        await AppendAsync(await TestAccount.OpenAsync(imap, "Archive"), "Probe");
        return Text(await events.NextAsync("message.created", row => Text(row, "subject") == "Probe"), "id");
    }
}
