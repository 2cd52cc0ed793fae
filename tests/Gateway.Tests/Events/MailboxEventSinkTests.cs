using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Events;

/// <summary>From what the IMAP server says to what a client is told.</summary>
public sealed class MailboxEventSinkTests : IAsyncDisposable
{
    private readonly LiveGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Changes_in_the_mailbox_are_told_with_one_id()
    {
        var account = await _gateway.AddAccountAsync("ann@example.test");
        await using var stream = await EventStream.OpenAsync(_gateway.Admin());

        var uid = await _gateway.Imap.Inbox.DeliverAsync("Lunch?");
        var created = await NextAsync(stream, "message.created");
        var one = await NextAsync(stream, "mailbox.counts");
        await _gateway.Imap.Inbox.FlagAsync(uid, "\\Seen $Label1");
        var updated = await NextAsync(stream, "message.updated");
        var read = await NextAsync(stream, "mailbox.counts");
        await _gateway.Imap.Inbox.ExpungeAsync(uid);
        var deleted = await NextAsync(stream, "message.deleted");
        var none = await NextAsync(stream, "mailbox.counts");

        var (row, state, gone) = (created["data"]!, updated["data"]!, deleted["data"]!);
        Assert.Equal(("Lunch?", "2026-02-01T10:00:00.000Z"), ((string?)row["subject"], (string?)created["occurredAt"]));
        Assert.Equal(((string?)row["id"], (string?)row["mailboxId"]), ((string?)state["id"], (string?)state["mailboxId"]));
        Assert.Equal(((string?)row["id"], (string?)row["mailboxId"]), ((string?)gone["id"], (string?)gone["mailboxId"]));
        Assert.Equal([(1, 1), (1, 0), (0, 0)], new[] { one, read, none }.Select(counts => ((int)counts["data"]!["total"]!, (int)counts["data"]!["unread"]!)));
        Assert.Equal(["seen"], Texts(state["flags"]));
        Assert.Equal(["$Label1"], Texts(state["keywords"]));
        Assert.All([created, updated, deleted], happened => Assert.Equal(account.ToString(), (string?)happened["accountId"]));
    }

    [Fact]
    public async Task Message_that_moved_here_is_told_gone_by_its_first_id_and_then_forgotten()
    {
        var account = await _gateway.AddAccountAsync("ann@example.test");
        await using var stream = await EventStream.OpenAsync(_gateway.Admin());
        var uid = await _gateway.Imap.Inbox.DeliverAsync("Here since long");
        var inbox = MailboxId.Parse((string)(await NextAsync(stream, "message.created"))["data"]!["mailboxId"]!, null);
        await NextAsync(stream, "mailbox.counts");
        var first = new MessageKey(new(99), 1);
        await _gateway.Host.Services.GetRequiredService<MessageLocator>().MoveAsync(account, new Dictionary<MessageKey, uint> { [first] = uid }, inbox, Ct);

        await _gateway.Imap.Inbox.ExpungeAsync(uid);
        var deleted = await NextAsync(stream, "message.deleted");
        await NextAsync(stream, "mailbox.counts");
        await _gateway.Imap.Inbox.DeliverAsync("The next thing to happen");
        await NextAsync(stream, "message.created");

        Assert.Equal($"{first}", (string?)deleted["data"]!["id"]);
        await using var db = await _gateway.Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(Ct);
        Assert.Empty(await db.Aliases.ToListAsync(Ct));
    }

    [Fact]
    public async Task Flags_that_are_no_count_are_told_without_one()
    {
        await _gateway.AddAccountAsync("ann@example.test");
        await using var stream = await EventStream.OpenAsync(_gateway.Admin());
        var uid = await _gateway.Imap.Inbox.DeliverAsync("Lunch?");
        await NextAsync(stream, "message.created");
        await NextAsync(stream, "mailbox.counts");

        await _gateway.Imap.Inbox.FlagAsync(uid, "\\Flagged");
        await NextAsync(stream, "message.updated");
        await _gateway.Imap.Inbox.DeliverAsync("The next thing to happen");

        await NextAsync(stream, "message.created");
    }

    private static List<string?> Texts(JsonNode? list) => [.. list!.AsArray().Select(item => (string?)item)];

    private static async Task<JsonNode> NextAsync(EventStream stream, string type)
    {
        SseItem<string> item;
        do { item = (await stream.NextAsync())!.Value; }
        while (item.EventType == "ping");

        Assert.Equal(type, item.EventType);
        return JsonNode.Parse(item.Data)!;
    }
}
