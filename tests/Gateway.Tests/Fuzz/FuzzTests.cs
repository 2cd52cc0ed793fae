using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.TestKit;

namespace Gateway.Tests.Fuzz;

/// <summary>Whatever is sent to whichever operation: the answer is one the caller can act on, and no control character gets to a mail server.</summary>
public sealed class FuzzTests : IAsyncDisposable
{
    private readonly ScriptedImapServer _imap = new();
    private readonly ScriptedSmtpServer _smtp = new();
    private readonly GatewayFactory _gateway = new()
    {
        Settings = { ["Gateway:RateLimits:RequestsPerSecond"] = "1000000", ["Gateway:RateLimits:SignInsPerMinute"] = "1000000", ["Gateway:Events:KeepAtMost"] = "1000" },
    };

    /// <summary>Operations that were answered as asked: what is refused at the door proves little.</summary>
    private readonly ConcurrentDictionary<string, int> _done = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _imap.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    [Fact]
    public async Task Hostile_values_in_any_place_are_answered_and_stay_here()
    {
        foreach (var path in new[] { "Trash", "Sent", "Drafts", "Archive" }) { _imap.AddMailbox(path); }

        for (var n = 0; n < 400; n++) { _imap.Inbox.Add($"Mail {n}"); }

        using var admin = _gateway.CreateAdmin();
        var ids = await IdsAsync(admin);
        var document = JsonNode.Parse(await admin.GetStringAsync("/openapi/v1.json", Ct))!;
        var count = int.Parse(Environment.GetEnvironmentVariable("FUZZ_REQUESTS") ?? "20000", CultureInfo.InvariantCulture);

        await new Requests(document, ids).Any().SampleAsync(
            async request => await HoldAsync(admin, request), iter: count, threads: 2, seed: Environment.GetEnvironmentVariable("FUZZ_SEED"), print: request => request.ToString());

        Assert.All(["DeleteMessage", "GetAttachment", "GetMessage", "ListMessages", "ImportMessage", "SubmitMessage", "UpdateMessage", "UpdateMessages"], operation => Assert.True(_done.GetValueOrDefault(operation) > 0, operation));
        // A mail's own text may hold anything: its literal ends where its length says.
        Assert.DoesNotContain(_imap.Commands.Select(c => $"{c.Name} {c.Arguments.Split("\r\n\r\n")[0]}"), HasCanary);
        Assert.DoesNotContain(_smtp.Commands, HasCanary);
        Assert.DoesNotContain(_smtp.Mails.SelectMany(m => m.Recipients.Append(m.Sender).Append(m.Content.Split("\r\n\r\n")[0])), HasCanary);
    }

    private static bool HasCanary(string text) => text.Contains(Hostile.Canary, StringComparison.OrdinalIgnoreCase);

    private async Task HoldAsync(HttpClient http, FuzzRequest request)
    {
        using var message = new HttpRequestMessage(new(request.Method), new Uri(request.Path, UriKind.Relative));
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body));
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        // What HTTP itself does not carry cannot be sent.
        if (request.HeaderValue is { } value && value.All(c => c is >= ' ' and < '\u007f')) { message.Headers.TryAddWithoutValidation(request.Header!, value); }

        using var answer = await http.SendAsync(message, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        var status = (int)answer.StatusCode;
        Assert.True(status < 500, $"{status}: {text}");
        if (status < 400)
        {
            _done.AddOrUpdate(request.Operation, 1, (_, n) => n + 1);
            return;
        }

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.NotEqual("", problem.GetProperty("code").GetString());
        if (problem.GetProperty("code").GetString() is "malformed-request" or "malformed-cursor" or "validation-failed")
        {
            Assert.All(problem.GetProperty("errors").EnumerateArray(), fault => Assert.True(fault.TryGetProperty("pointer", out _) || fault.TryGetProperty("parameter", out _), text));
        }
    }

    private async Task<Dictionary<string, string[]>> IdsAsync(HttpClient admin)
    {
        using var added = await admin.PostAsJsonAsync("/v1/accounts", new
        {
            email = "ann@example.test", credentials = new { type = "password", password = "secret" },
            imap = new { host = "127.0.0.1", port = _imap.Port, security = "none" }, smtp = new { host = "127.0.0.1", port = _smtp.Port, security = "none" },
        }, Ct);
        var account = await IdAsync(added);
        var all = await ItemsAsync(admin, $"/v1/accounts/{account}/mailboxes");
        string[] mailboxes = [.. Enumerable.Repeat(all[0], 6), .. all]; // the inbox most of all
        string[] others = all[1..]; // that get renamed and deleted
        var messages = await ItemsAsync(admin, $"/v1/accounts/{account}/messages?role=inbox");
        using var sent = await admin.PostAsJsonAsync($"/v1/accounts/{account}/submissions", new { to = new[] { new { address = "bob@example.test" } }, subject = "x", text = "y" }, Ct);
        return new(StringComparer.Ordinal)
        {
            ["accountId"] = [.. Enumerable.Repeat(account, 10), "me"], ["accounts"] = [account], ["mailbox"] = mailboxes, ["mailboxId"] = others, ["parentId"] = mailboxes, ["moveTo"] = mailboxes, ["copyTo"] = mailboxes,
            ["messageId"] = messages, ["ids"] = messages, ["inReplyTo"] = messages, ["forwards"] = messages, ["sendAt"] = ["2030-01-01T00:00:00Z"], ["partId"] = ["1", "TEXT", "1.2", "2"], ["submissionId"] = [await IdAsync(sent)],
        };
    }

    private static async Task<string> IdAsync(HttpResponseMessage answer) => (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Ct))!["id"]!;

    private static async Task<string[]> ItemsAsync(HttpClient admin, string path) =>
        [.. (await admin.GetFromJsonAsync<JsonObject>(path, Ct))!["items"]!.AsArray().Select(item => (string)item!["id"]!)];
}
