using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Features.Changes;
using Gateway.Mail;
using Gateway.Mail.Watching;
using Gateway.Tests.Events;

namespace Gateway.Tests.Changes;

/// <summary>On a server that counts no changes.</summary>
public sealed class ChangesTests : IAsyncDisposable
{
    private readonly LiveGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Every_messages_flags_are_compared_where_the_server_counts_no_changes()
    {
        for (var i = 0; i < 4; i++) { _gateway.Imap.Inbox.Add($"Mail {i}"); }

        var account = await _gateway.AddAccountAsync("ann@example.test");
        var state = (string)(await GetAsync($"/v1/accounts/{account}/changes"))["state"]!;

        await _gateway.Imap.Inbox.FlagAsync(2, "\\Seen");
        await _gateway.Imap.Inbox.FlagAsync(3, "$label1");
        await _gateway.Imap.Inbox.ExpungeAsync(4);
        await _gateway.Imap.Inbox.DeliverAsync("New");
        var answer = await GetAsync($"/v1/accounts/{account}/changes?since={state}");

        var changes = Assert.Single(answer["mailboxes"]!.AsArray())!;
        Assert.Equal([5u], Uids(changes, "created"));
        Assert.Equal([2u, 3u], Uids(changes, "updated"));
        Assert.Equal([4u], Uids(changes, "destroyed"));
        Assert.Empty((await GetAsync($"/v1/accounts/{account}/changes?since={answer["state"]}"))["mailboxes"]!.AsArray());
    }

    [Fact]
    public void A_state_takes_a_few_bytes_a_mailbox_and_reads_as_it_was()
    {
        var mailboxes = new Dictionary<MailboxId, MailboxSnapshot>
        {
            [new(1)] = new(100_001, 77, 100_000, [.. Enumerable.Range(1, 100_000).Select(uid => (uint)uid)], []),
            [new(2)] = new(uint.MaxValue, 0, 3, [1, 7, uint.MaxValue - 1], [1, 2, 3]),
            [new(9)] = new(1, 1, 0, [], []),
        };

        var bytes = SyncState.Write(mailboxes);

        Assert.InRange(bytes.Length, 1, 100);
        foreach (var (id, read) in SyncState.Read(bytes))
        {
            Assert.Equal((mailboxes[id].UidNext, mailboxes[id].ModSeq, mailboxes[id].Count), (read.UidNext, read.ModSeq, read.Count));
            Assert.Equal(mailboxes[id].Uids, read.Uids);
            Assert.Equal(mailboxes[id].Flags, read.Flags);
        }
    }

    private static IEnumerable<uint> Uids(JsonNode changes, string kind) => changes[kind]!.AsArray().Select(key => MessageKey.Parse((string)key!, null).Uid);

    private async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await _gateway.Admin().GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }
}
