using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Features.Submissions;
using Gateway.Mail;
using Gateway.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Submissions;

/// <summary>What the sender decides after the 202: when it leaves, that it waits, that it does not leave at all, that it leaves again.</summary>
public sealed class ControlTests : IAsyncDisposable
{
    private readonly SendingGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Scheduled_mail_leaves_when_its_time_has_come()
    {
        var account = await _gateway.AddAccountAsync();
        var later = _gateway.Clock.GetUtcNow().AddDays(2);

        var id = await _gateway.SubmitAsync(account, Mail(("sendAt", later.ToString("O"))));
        var waiting = await _gateway.GetAsync(account, id);
        await _gateway.SubmitAsync(account, "carl@example.test"); // one that does not wait overtakes it
        await _gateway.Smtp.UntilAsync(() => _gateway.Smtp.Mails.Count == 1, Ct);
        await _gateway.ReachDueTimeAsync(waiting);
        await _gateway.ReachedAsync(account, id, "sent");

        Assert.Equal("scheduled", (string?)waiting["state"]);
        Assert.Equal(["carl@example.test", "bob@example.test"], _gateway.Smtp.Mails.Select(m => m.Recipients[0]));
        Assert.Contains($"Date: {later:ddd, dd MMM yyyy HH:mm:ss}", _gateway.Smtp.Mails.ElementAt(1).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_canceled_within_its_seconds_never_leaves()
    {
        var account = await _gateway.AddAccountAsync();
        var id = await _gateway.SubmitAsync(account, Mail(("undoSeconds", 10)));

        var canceled = await SendAsync(HttpMethod.Delete, account, id, null, HttpStatusCode.OK);
        var again = await SendAsync(HttpMethod.Delete, account, id, null, HttpStatusCode.OK);
        _gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        await _gateway.ReachedAsync(account, await _gateway.SubmitAsync(account, "carl@example.test"), "sent");

        Assert.Equal(("canceled", "canceled", "canceled"), ((string?)canceled["state"], (string?)canceled["recipients"]![0]!["state"], (string?)again["state"]));
        Assert.Equal("carl@example.test", Assert.Single(_gateway.Smtp.Mails).Recipients[0]);
        Assert.False(await _gateway.HoldsMimeAsync(id));
    }

    [Fact]
    public async Task Held_mail_waits_until_it_is_released()
    {
        var account = await _gateway.AddAccountAsync();
        var id = await _gateway.SubmitAsync(account, Mail(("hold", true)));
        _gateway.Clock.Advance(TimeSpan.FromDays(3));
        await _gateway.ReachedAsync(account, await _gateway.SubmitAsync(account, "carl@example.test"), "sent");
        Assert.Equal("held", (string?)(await _gateway.GetAsync(account, id))["state"]);

        await SendAsync(HttpMethod.Patch, account, id, new JsonObject { ["hold"] = false }, HttpStatusCode.OK);
        await _gateway.ReachedAsync(account, id, "sent");

        Assert.Equal(2, _gateway.Smtp.Mails.Count);
    }

    [Fact]
    public async Task Scheduled_mail_can_be_sent_at_once_instead_or_be_held()
    {
        var account = await _gateway.AddAccountAsync();
        var later = _gateway.Clock.GetUtcNow().AddDays(2).ToString("O");
        var (first, second) = (await _gateway.SubmitAsync(account, Mail(("sendAt", later))), await _gateway.SubmitAsync(account, Mail(("sendAt", later))));

        await SendAsync(HttpMethod.Patch, account, first, new JsonObject { ["sendAt"] = "2020-01-01T00:00:00Z" }, HttpStatusCode.OK);
        var held = await SendAsync(HttpMethod.Patch, account, second, new JsonObject { ["hold"] = true }, HttpStatusCode.OK);
        await _gateway.ReachedAsync(account, first, "sent");

        Assert.Equal(("held", null), ((string?)held["state"], (string?)held["sendAt"]));
        Assert.Contains($"Date: {_gateway.Clock.GetUtcNow():ddd, dd MMM yyyy}", Assert.Single(_gateway.Smtp.Mails).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_mail_can_be_rewritten_and_keeps_its_message_id()
    {
        var account = await _gateway.AddAccountAsync();
        var id = await _gateway.SubmitAsync(account, Mail(("hold", true)));
        var before = await _gateway.GetAsync(account, id);

        await SendAsync(HttpMethod.Patch, account, id, new JsonObject
        {
            ["hold"] = false,
            ["message"] = new JsonObject { ["to"] = SendingGateway.Addresses("dora@example.test", "emil@example.test"), ["subject"] = "Rewritten", ["text"] = "Anew", ["saveToSent"] = false },
        }, HttpStatusCode.OK);
        var sent = await _gateway.ReachedAsync(account, id, "sent");

        var mail = Assert.Single(_gateway.Smtp.Mails);
        Assert.Equal(["dora@example.test", "emil@example.test"], mail.Recipients);
        Assert.Contains("Subject: Rewritten", mail.Content, StringComparison.Ordinal);
        Assert.Equal((string?)before["messageIdHeader"], (string?)sent["messageIdHeader"]);
        Assert.Contains($"<{sent["messageIdHeader"]}>", mail.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_cancel_and_a_hand_over_one_happens()
    {
        var account = await _gateway.AddAccountAsync();
        var (go, arrived) = (new TaskCompletionSource(), new TaskCompletionSource());
        _gateway.Smtp.On("AUTH", async (session, _) => // the mail was taken from the outbox, and has not been handed over
        {
            arrived.TrySetResult();
            await go.Task;
            await session.ReplyAsync("235 2.7.0 Welcome");
        });
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        await arrived.Task;

        await SendAsync(HttpMethod.Delete, account, id, null, HttpStatusCode.OK);
        go.SetResult();
        await _gateway.ReachedAsync(account, await _gateway.SubmitAsync(account, "carl@example.test"), "sent");

        Assert.Equal("carl@example.test", Assert.Single(_gateway.Smtp.Mails).Recipients[0]);
        Assert.Equal("canceled", (string?)(await _gateway.GetAsync(account, id))["state"]);
    }

    [Fact]
    public async Task Mail_that_is_being_sent_can_neither_be_canceled_nor_changed()
    {
        var account = await _gateway.AddAccountAsync();
        var (go, arrived) = (new TaskCompletionSource(), new TaskCompletionSource());
        _gateway.Smtp.On(".", async (session, _) =>
        {
            arrived.TrySetResult();
            await go.Task;
            await session.ReplyAsync("250 2.0.0 Ok");
        });
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        await arrived.Task;

        await RefusedAsync(HttpMethod.Delete, account, id, null, "submission-not-waiting");
        await RefusedAsync(HttpMethod.Patch, account, id, new JsonObject { ["hold"] = true }, "submission-not-waiting");
        await RefusedAsync(HttpMethod.Post, account, id + "/retry", null, "submission-not-retryable");
        go.SetResult();
        await _gateway.ReachedAsync(account, id, "sent");
    }

    [Theory]
    [InlineData("554 5.7.1 Looks like spam", "failed")]
    [InlineData(null, "unknown")]
    public async Task What_failed_or_nobody_knows_can_be_sent_again(string? answer, string state)
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.On(".", (session, _) =>
        {
            if (answer is not null) { return session.ReplyAsync(answer); }

            session.Connection.Drop();
            return Task.CompletedTask;
        });
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        await _gateway.ReachedAsync(account, id, state);
        _gateway.Smtp.Happily(".");

        await SendAsync(HttpMethod.Post, account, id + "/retry", null, HttpStatusCode.OK);
        var sent = await _gateway.ReachedAsync(account, id, "sent", attempts: 2);

        Assert.Single(_gateway.Smtp.Mails);
        Assert.Equal("accepted", (string?)sent["recipients"]![0]!["state"]);
        await RefusedAsync(HttpMethod.Post, account, id + "/retry", null, "submission-not-retryable");
    }

    [Fact]
    public async Task Only_who_has_not_got_it_gets_it_again()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.On("RCPT", (session, line) => line.Contains("carl", StringComparison.Ordinal) ? session.ReplyAsync("550 5.1.1 No such user") : session.AnswerAsync("RCPT", line));
        var id = await _gateway.SubmitAsync(account, "bob@example.test", "carl@example.test");
        await _gateway.ReachedAsync(account, id, "partially-sent");
        _gateway.Smtp.Happily("RCPT");

        await SendAsync(HttpMethod.Post, account, id + "/retry", null, HttpStatusCode.OK);
        await _gateway.ReachedAsync(account, id, "sent", attempts: 2);

        Assert.Equal(["bob@example.test", "carl@example.test"], _gateway.Smtp.Mails.Select(m => Assert.Single(m.Recipients)));
    }

    [Fact]
    public async Task Ended_submissions_are_forgotten_after_a_while_and_the_mail_of_failed_ones_sooner()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("RCPT", "550 5.1.1 No such user");
        var failed = await _gateway.SubmitAsync(account, "bob@example.test");
        await _gateway.ReachedAsync(account, failed, "failed");
        var held = await _gateway.SubmitAsync(account, Mail(("hold", true)));
        var (outbox, now) = (_gateway.Services.GetRequiredService<Outbox>(), _gateway.Clock.GetUtcNow());

        await outbox.ForgetOldAsync(now.AddDays(-1), now.AddDays(-1), Ct);
        Assert.True(await _gateway.HoldsMimeAsync(failed));
        await outbox.ForgetOldAsync(now.AddDays(-1), now.AddSeconds(1), Ct);
        Assert.False(await _gateway.HoldsMimeAsync(failed));
        await outbox.ForgetOldAsync(now.AddSeconds(1), now.AddSeconds(1), Ct);

        Assert.Equal("held", (string?)(await _gateway.GetAsync(account, held))["state"]);
        Assert.True(await _gateway.HoldsMimeAsync(held));
        using var gone = await CallAsync(HttpMethod.Get, account, failed, null);
        await gone.ProblemAsync(HttpStatusCode.NotFound, "submission-not-found");
    }

    [Fact]
    public async Task Raw_mail_goes_to_whom_it_names_with_its_line_ends_mended()
    {
        var account = await _gateway.AddAccountAsync();
        var raw = "From: Ann <ann@example.test>\nTo: bob@example.test\r\nBcc: carl@example.test\rSubject: As it is\nMessage-ID: <own@example.test>\n\nOne\r.\rTwo\n";

        var id = await _gateway.SubmitAsync(account, new JsonObject { ["raw"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(raw)), ["saveToSent"] = false });
        var sent = await _gateway.ReachedAsync(account, id, "sent");

        var mail = Assert.Single(_gateway.Smtp.Mails);
        Assert.Equal(["bob@example.test", "carl@example.test"], mail.Recipients);
        Assert.DoesNotContain("carl", mail.Content, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nOne\r\n..\r\nTwo\r\n", mail.Content, StringComparison.Ordinal);
        Assert.Equal("own@example.test", (string?)sent["messageIdHeader"]);
    }

    [Theory]
    [InlineData("From: eve@example.org\n\n", "/raw")]
    [InlineData("From: ann@example.test\nTo: bob@example.test\n\nNUL \0\n", "/raw")]
    [InlineData("From: ann@example.test\nSubject: for nobody\n\n", "/raw")]
    [InlineData("", "/raw")]
    public async Task Raw_mail_is_held_to_the_same_rules(string raw, string pointer)
    {
        var account = await _gateway.AddAccountAsync();

        using var answer = await _gateway.PostAsync(account, new JsonObject { ["raw"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(raw)) });

        Assert.Equal(pointer, (string?)(await SendingGateway.BodyAsync(answer, HttpStatusCode.UnprocessableEntity))["errors"]![0]!["pointer"]);
    }

    [Theory]
    [InlineData("sendAt", "2999-01-01T00:00:00Z")]
    [InlineData("undoSeconds", -1)]
    [InlineData("undoSeconds", 3601)]
    [InlineData("raw", "U3ViamVjdDogeAoKCg==")] // with other fields
    public async Task Wrong_times_and_mixtures_are_told_with_their_place(string field, object value)
    {
        var account = await _gateway.AddAccountAsync();

        using var answer = await _gateway.PostAsync(account, Mail((field, JsonValue.Create(value))));

        Assert.Equal("/" + field, (string?)(await SendingGateway.BodyAsync(answer, HttpStatusCode.UnprocessableEntity))["errors"]![0]!["pointer"]);
    }

    private static JsonObject Mail(params (string Name, JsonNode? Value)[] fields)
    {
        var mail = new JsonObject { ["to"] = SendingGateway.Addresses("bob@example.test"), ["subject"] = "Hello", ["text"] = "Hi", ["saveToSent"] = false };
        foreach (var (name, value) in fields) { mail[name] = value; }

        return mail;
    }

    private async Task RefusedAsync(HttpMethod method, AccountId account, string path, JsonNode? body, string code)
    {
        using var answer = await CallAsync(method, account, path, body);
        await answer.ProblemAsync(HttpStatusCode.Conflict, code);
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, AccountId account, string path, JsonNode? body, HttpStatusCode expected)
    {
        using var answer = await CallAsync(method, account, path, body);
        return await SendingGateway.BodyAsync(answer, expected);
    }

    private async Task<HttpResponseMessage> CallAsync(HttpMethod method, AccountId account, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, $"/v1/accounts/{account}/submissions/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        return await _gateway.Client().SendAsync(request, Ct);
    }
}
