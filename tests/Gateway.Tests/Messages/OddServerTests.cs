using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.TestKit;
using Gateway.Tests.Events;

namespace Gateway.Tests.Messages;

/// <summary>Oddities of servers in use, each as its users reported it: none may hide a mailbox or a message.</summary>
public sealed class OddServerTests : IAsyncDisposable
{
    private string _messages = "";
    private readonly LiveGateway _gateway = new() { Settings = { ["Gateway:Imap:MaxSessionsPerAccount"] = "1" } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ScriptedImapServer Imap => _gateway.Imap;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task A_message_the_server_refuses_to_describe_is_a_marked_row_among_the_others()
    {
        foreach (var subject in new[] { "First", "Refused", "Last" }) { Imap.Inbox.Add(subject); }

        Imap.On("UID FETCH", (session, command) => command.Arguments.Contains("ENVELOPE", StringComparison.Ordinal) && Names(command, 2)
            ? session.NoAsync(command, "Some messages could not be fetched.")
            : session.AnswerAsync(command));

        var rows = await RowsAsync();

        Assert.Equal(["Last", "Refused", "First"], rows.Select(r => (string?)r!["subject"])); // the middle one from its header
        Assert.Contains(rows[1]!["defects"]!.AsArray(), d => (string?)d!["code"] == "structure-unreadable");
    }

    [Fact]
    public async Task A_message_of_which_nothing_can_be_had_is_still_a_row()
    {
        foreach (var subject in new[] { "First", "Refused", "Last" }) { Imap.Inbox.Add(subject); }

        Imap.On("UID FETCH", (session, command) => !command.Arguments.Contains("(UID FLAGS)", StringComparison.Ordinal) && Names(command, 2)
            ? session.NoAsync(command, "Some messages could not be fetched.")
            : session.AnswerAsync(command));

        var rows = await RowsAsync();

        Assert.Equal(["Last", "", "First"], rows.Select(r => (string?)r!["subject"]));
        Assert.Contains(rows[1]!["defects"]!.AsArray(), d => (string?)d!["code"] == "structure-unreadable");
    }

    [Fact]
    public async Task A_message_that_is_there_and_whose_whole_is_not_is_put_together_from_its_halves()
    {
        Imap.Inbox.Add("Hello");
        Imap.On("UID FETCH", (session, command) => command.Arguments.Contains("BODY.PEEK[]", StringComparison.Ordinal)
            ? NilAsync(session, command, "BODY[]<0> NIL")
            : session.AnswerAsync(command));
        var rows = await RowsAsync();

        using var answer = await _gateway.Admin().GetAsync(new Uri($"{_messages}/{rows[0]!["id"]}/raw", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Imap.Inbox.Messages[0].Raw, await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_body_that_is_NIL_is_an_empty_one()
    {
        Imap.Inbox.Add("Hello", fields: $"X-Long: {new string('x', 70_000)}\r\n"); // so that it is not fetched whole
        Imap.On("UID FETCH", (session, command) => command.Arguments.Contains("[TEXT]", StringComparison.Ordinal)
            ? NilAsync(session, command, "BODY[TEXT]<0> NIL")
            : session.AnswerAsync(command));
        var rows = await RowsAsync();

        using var answer = await _gateway.Admin().GetAsync(new Uri($"{_messages}/{rows[0]!["id"]}", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["text"] ?? "");
    }

    [Fact]
    public async Task An_inbox_that_is_not_listed_is_there()
    {
        Imap.AddMailbox("Archive");
        Imap.Inbox.Add("Hello");
        Imap.On("LIST", (session, command) => command.Arguments.Contains('*', StringComparison.Ordinal)
            ? ListAsync(session, command, "() \"/\" \"Archive\"")
            : session.AnswerAsync(command));

        Assert.Equal("Hello", (string?)(await RowsAsync())[0]!["subject"]);
    }

    [Fact]
    public async Task A_mailbox_of_endless_name_hides_no_other()
    {
        Imap.Inbox.Add("Hello");
        Imap.AddMailbox("Projects");
        var endless = string.Join('/', Enumerable.Repeat(new string('x', 200), 30));
        Imap.On("LIST", async (session, command) =>
        {
            if (command.Arguments.Contains('*', StringComparison.Ordinal) || command.Arguments.Contains("xxx/%", StringComparison.Ordinal))
            {
                await session.WriteLineAsync($"* LIST () \"/\" {{{endless.Length}}}\r\n{endless}");
            }

            await (command.Arguments.Contains("/%", StringComparison.Ordinal) ? session.OkAsync(command) : session.AnswerAsync(command));
        });

        var rows = await RowsAsync();

        Assert.Equal("Hello", (string?)rows[0]!["subject"]);
        Assert.Contains("Projects", (await MailboxesAsync()).Select(m => (string?)m!["path"]));
    }

    [Fact]
    public async Task An_empty_mailbox_is_not_asked_for_messages_it_has_not()
    {
        Imap.On("FETCH", (session, command) => session.WriteLineAsync($"{command.Tag} BAD No messages."));
        Imap.On("UID FETCH", (session, command) => session.WriteLineAsync($"{command.Tag} BAD No messages."));

        Assert.Empty(await RowsAsync());
        Assert.Empty(await RowsAsync("&q=subject:x"));
        Assert.Empty(await RowsAsync("&sort=subject"));
    }

    [Fact]
    public async Task A_move_whose_answer_names_only_some_is_told_for_those_it_names()
    {
        foreach (var subject in new[] { "One", "Two", "Three" }) { Imap.Inbox.Add(subject); }

        var archive = Imap.AddMailbox("Archive");
        archive.UidNext = 50;
        Imap.On("UID MOVE", async (session, command) =>
        {
            await session.WriteLineAsync($"* OK [COPYUID 7 1,3 50:51] Two was gone already.");
            archive.Add("One");
            archive.Add("Three");
            await Imap.Inbox.ExpungeAsync(1, 2, 3);
            await session.TellAsync();
            await session.OkAsync(command);
        });
        var rows = await RowsAsync();
        var target = (await MailboxesAsync()).Single(m => (string?)m!["path"] == "Archive")!["id"];

        using var answer = await _gateway.Admin().PostAsJsonAsync(
            new Uri($"{_messages}/batch", UriKind.Relative), new { ids = rows.Select(r => (string?)r!["id"]), action = new { moveTo = (string?)target } }, Ct);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;

        Assert.True(answer.IsSuccessStatusCode, body.ToJsonString());
        using var gone = await _gateway.Admin().GetAsync(new Uri($"{_messages}/{rows[1]!["id"]}", UriKind.Relative), Ct);
        Assert.True((int)gone.StatusCode is 404 or 410, $"{gone.StatusCode}");
        using var moved = await _gateway.Admin().GetAsync(new Uri($"{_messages}/{rows[0]!["id"]}", UriKind.Relative), Ct); // the newest: three
        Assert.Equal("Three", (string?)(await moved.Content.ReadFromJsonAsync<JsonObject>(Ct))!["subject"]);
    }

    private static bool Names(ScriptedCommand command, uint uid) => command.Arguments.Split(' ')[0].Split(',').Any(range =>
    {
        var ends = range.Split(':').Select(end => end == "*" ? uint.MaxValue : uint.Parse(end, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return uid >= ends.Min() && uid <= ends.Max();
    });

    private static async Task NilAsync(ScriptedImapSession session, ScriptedCommand command, string item)
    {
        await session.WriteLineAsync($"* 1 FETCH (UID 1 {item})");
        await session.OkAsync(command);
    }

    private static async Task ListAsync(ScriptedImapSession session, ScriptedCommand command, string entry)
    {
        await session.WriteLineAsync("* LIST " + entry);
        await session.OkAsync(command);
    }

    private async Task<JsonArray> MailboxesAsync() => (await GetAsync(_messages.Replace("/messages", "/mailboxes", StringComparison.Ordinal)))["items"]!.AsArray();

    private async Task<JsonArray> RowsAsync(string more = "")
    {
        if (_messages.Length == 0) { _messages = $"/v1/accounts/{await _gateway.AddAccountAsync("ann@example.test")}/messages"; }

        return (await GetAsync($"{_messages}?role=inbox{more}"))["items"]!.AsArray();
    }

    private async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await _gateway.Admin().GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }
}
