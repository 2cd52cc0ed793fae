using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Mail;
using Gateway.TestKit;
using Gateway.Tests.Events;

namespace Gateway.Tests.Messages;

/// <summary>Messages opened on a server that is not as helpful as Dovecot.</summary>
public sealed class OpeningTests : IAsyncDisposable
{
    /// <summary>With one session there is no watcher, and so no view.</summary>
    private readonly LiveGateway _gateway = new() { Settings = { ["Gateway:Imap:MaxSessionsPerAccount"] = "1" } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task A_small_message_costs_one_command_for_its_bytes_and_one_for_its_flags()
    {
        _gateway.Imap.Inbox.Add("Hello");
        var (messages, row) = await FirstRowAsync();
        var before = _gateway.Imap.Commands.Count;

        var message = await GetAsync($"{messages}/{row["id"]}");

        Assert.Equal("Hello 1\n", (string?)message["text"]);
        Assert.Equal(["UID FETCH", "UID FETCH"], _gateway.Imap.Commands.Skip(before).Select(c => c.Name));
    }

    [Fact]
    public async Task Of_a_large_message_only_what_is_shown_is_fetched()
    {
        _gateway.Imap.Inbox.Add("Hello", fields: $"X-Long: {new string('x', 70_000)}\r\n");
        var (messages, row) = await FirstRowAsync();

        var message = await GetAsync($"{messages}/{row["id"]}");

        Assert.Equal("Hello 1\n", (string?)message["text"]);
        Assert.DoesNotContain(_gateway.Imap.Commands, c => c.Arguments.Contains("BODY.PEEK[]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_the_session_has_not_heard_of_yet_opens()
    {
        _gateway.Imap.Inbox.Add("Hello");
        var (messages, row) = await FirstRowAsync();

        Assert.True(MessageKey.TryParse((string?)row["id"], null, out var first));
        var since = _gateway.Imap.Inbox.Add("Since");
        var message = await GetAsync($"{messages}/{new MessageKey(first.Mailbox, since)}");

        Assert.Equal("Since", (string?)message["subject"]);
    }

    [Fact]
    public async Task Flags_are_those_of_now_even_when_the_bodies_are_in_memory()
    {
        var uid = _gateway.Imap.Inbox.Add("Hello");
        var (messages, row) = await FirstRowAsync();
        var path = $"{messages}/{row["id"]}";
        Assert.Empty((await GetAsync(path))["flags"]!.AsArray());

        await _gateway.Imap.Inbox.FlagAsync(uid, "\\Seen");

        Assert.Equal(["seen"], (await GetAsync(path))["flags"]!.AsArray().Select(f => (string?)f));
    }

    [Fact]
    public async Task A_message_whose_structure_cannot_be_read_opens_with_its_header_and_says_so()
    {
        _gateway.Imap.Inbox.Add("Hello");
        _gateway.Imap.On("UID FETCH", (session, command) => command.Arguments.Contains("BODYSTRUCTURE", StringComparison.Ordinal)
            ? session.WriteLineAsync("* 1 FETCH (UID 1 BODYSTRUCTURE ((((")
            : session.AnswerAsync(command));

        var (messages, row) = await FirstRowAsync();
        var message = await GetAsync($"{messages}/{row["id"]}");

        Assert.Equal("Hello", (string?)message["subject"]);
        Assert.Null(message["text"]);
        Assert.Contains(message["defects"]!.AsArray(), d => (string?)d!["code"] == "structure-unreadable");
    }

    [Fact]
    public async Task An_id_survives_a_mailbox_made_anew()
    {
        _gateway.Imap.Inbox.Add("Hello there");
        _gateway.Imap.Inbox.Add("Another");
        var (messages, row) = await FirstRowAsync();

        // A server that restores a mailbox ends the sessions that have it open.
        foreach (var session in _gateway.Imap.Sessions) { session.Connection.Drop(); }

        await _gateway.Imap.UntilAsync(() => _gateway.Imap.Open == 0, Ct);
        _gateway.Imap.Inbox.UidValidity = 8;
        var again = await GetAsync($"{messages}/{row["id"]}");

        Assert.Equal((string?)row["id"], (string?)again["id"]);
        Assert.NotEqual((string?)row["mailboxId"], (string?)again["mailboxId"]);
        Assert.Equal((string?)row["subject"], (string?)again["subject"]);
    }

    private async Task<(string Messages, JsonObject Row)> FirstRowAsync()
    {
        var account = await _gateway.AddAccountAsync("ann@example.test");
        var mailboxes = await GetAsync($"/v1/accounts/{account}/mailboxes");
        var inbox = mailboxes["items"]!.AsArray().Single(m => (string?)m!["path"] == "INBOX")!["id"];
        var page = await GetAsync($"/v1/accounts/{account}/messages?mailbox={inbox}");
        return ($"/v1/accounts/{account}/messages", page["items"]![0]!.AsObject());
    }

    private async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await _gateway.Admin().GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }
}
