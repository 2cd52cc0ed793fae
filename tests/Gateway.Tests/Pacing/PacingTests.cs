using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Mail;
using Gateway.TestKit;
using Gateway.Tests.Http;
using Gateway.Tests.Submissions;

namespace Gateway.Tests.Pacing;

public sealed class PacingTests : IAsyncLifetime
{
    private readonly SendingGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task An_account_sends_no_more_a_minute_than_it_may_whatever_happens_to_the_process()
    {
        var account = await _gateway.AddAccountAsync();
        await SetAsync(account, new { perMinute = 2 });
        var ids = await SubmitAsync(account, "one@example.test", "two@example.test", "three@example.test");
        var second = await _gateway.ReachedAsync(account, ids[1], "sent");
        var first = Time((await _gateway.GetAsync(account, ids[0]))["attempts"]![0]!["at"]);

        await _gateway.RestartAsync();
        var waiting = await _gateway.GetAsync(account, ids[2]);
        var pacing = await PacingAsync(account);
        await _gateway.ReachDueTimeAsync(waiting);
        await _gateway.ReachedAsync(account, ids[2], "sent");

        Assert.Equal(("queued", "pacing", first.AddMinutes(1)), ((string?)waiting["state"], (string?)waiting["waitsFor"], Time(waiting["sendAt"])));
        Assert.Empty(waiting["attempts"]!.AsArray());
        Assert.Equal((2, 2, first.AddMinutes(1)), ((int)pacing["usedThisMinute"]!, (int)pacing["usedToday"]!, Time(pacing["nextAt"])));
        Assert.Null(second["waitsFor"]);
    }

    [Fact]
    public async Task A_day_is_counted_in_recipients_and_a_refused_session_in_none()
    {
        var account = await _gateway.AddAccountAsync();
        await SetAsync(account, new { perDay = 4 });
        _gateway.Smtp.Reply("AUTH", "454 4.7.0 Temporary authentication failure");
        var three = await _gateway.SubmitAsync(account, "a@example.test", "b@example.test", "c@example.test");
        var refused = await _gateway.ReachedAsync(account, three, "queued");
        _gateway.Smtp.Happily("AUTH");
        await _gateway.ReachDueTimeAsync(refused);
        await _gateway.ReachedAsync(account, three, "sent", attempts: 2);

        var two = await _gateway.SubmitAsync(account, "d@example.test", "e@example.test");
        await _gateway.WaitsAsync(account, two);
        var used = (int)(await PacingAsync(account))["usedToday"]!;
        await SetAsync(account, new { perDay = 5 });
        await _gateway.ReachedAsync(account, two, "sent");

        Assert.Equal(3, used);
    }

    [Fact]
    public async Task Accounts_at_a_host_with_a_limit_take_turns()
    {
        _gateway.Settings["Gateway:Outbox:Pacing:HostPerMinute"] = "2";
        var (many, one) = (await _gateway.AddAccountAsync("many@example.test"), await _gateway.AddAccountAsync("one@example.test"));
        var ids = await SubmitAsync(many, [.. Enumerable.Range(1, 6).Select(n => $"to{n}@example.test")]);
        await _gateway.ReachedAsync(many, ids[1], "sent");
        var id = await _gateway.SubmitAsync(one, "bob@example.test");
        await _gateway.WaitsAsync(one, id);

        await _gateway.ReachDueTimeAsync(await _gateway.GetAsync(one, id));
        await _gateway.ReachedAsync(one, id, "sent");
        await _gateway.ReachedAsync(many, ids[2], "sent");

        Assert.Equal(4, _gateway.Smtp.Mails.Count);
    }

    [Theory]
    [InlineData("Gateway:Outbox:ParallelAccounts")]
    [InlineData("Gateway:Smtp:MaxSessionsPerHost")]
    public async Task A_single_mail_passes_a_long_queue_of_another_account(string onlyOne)
    {
        _gateway.Settings[onlyOne] = "1";
        var (many, one) = (await _gateway.AddAccountAsync("many@example.test"), await _gateway.AddAccountAsync("one@example.test"));
        var begun = new TaskCompletionSource();
        _gateway.Smtp.On("MAIL", async (session, from) =>
        {
            await begun.Task.WaitAsync(Ct);
            await session.AnswerAsync("MAIL", from);
        });
        var ids = await SubmitAsync(many, [.. Enumerable.Range(1, 100).Select(n => $"to{n}@example.test")]);
        await _gateway.Smtp.UntilAsync(() => _gateway.Smtp.Count("MAIL") == 1, Ct);
        var id = await _gateway.SubmitAsync(one, "bob@example.test");
        begun.SetResult();
        await _gateway.ReachedAsync(one, id, "sent");
        await _gateway.ReachedAsync(many, ids[^1], "sent");

        Assert.InRange(_gateway.Smtp.Mails.ToList().FindIndex(m => m.Sender == "one@example.test"), 0, 20);
        Assert.Equal(101, _gateway.Smtp.Mails.Count);
    }

    [Fact]
    public async Task A_persons_mail_passes_a_merge_of_the_same_account()
    {
        var account = await _gateway.AddAccountAsync();
        var template = (await PostAsync($"/v1/accounts/{account}/templates", new { name = "Hello", subject = "Hello", text = "Hello" }, HttpStatusCode.Created))["id"];
        var begun = new TaskCompletionSource();
        _gateway.Smtp.On("MAIL", async (session, from) =>
        {
            await begun.Task.WaitAsync(Ct);
            await session.AnswerAsync("MAIL", from);
        });
        var recipients = Enumerable.Range(1, 50).Select(n => new { to = new { address = $"to{n}@example.test" } });
        await PostAsync($"/v1/accounts/{account}/submissions/merge", new { template = new { id = (string?)template }, recipients, saveToSent = false }, HttpStatusCode.Accepted);
        await _gateway.Smtp.UntilAsync(() => _gateway.Smtp.Count("MAIL") == 1, Ct);
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        begun.SetResult();
        await _gateway.ReachedAsync(account, id, "sent");
        await _gateway.Smtp.UntilAsync(() => _gateway.Smtp.Mails.Count == 51, Ct);

        Assert.Equal(1, _gateway.Smtp.Mails.ToList().FindIndex(m => m.Recipients.Contains("bob@example.test")));
    }

    [Fact]
    public async Task A_server_that_asks_for_less_is_left_alone_and_tried_with_one_mail()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("MAIL", "421 4.7.0 You send too fast");
        var ids = await SubmitAsync(account, "one@example.test", "two@example.test", "three@example.test");
        var told = await _gateway.ReachedAsync(account, ids[0], "queued");
        await _gateway.ReachDueTimeAsync(await _gateway.WaitsAsync(account, ids[1]));
        await _gateway.ReachedAsync(account, ids[0], "queued", attempts: 2);
        var longer = await _gateway.WaitsAsync(account, ids[1]);
        _gateway.Smtp.Happily("MAIL");
        await _gateway.ReachDueTimeAsync(longer);
        foreach (var id in ids[1..]) { await _gateway.ReachedAsync(account, id, "sent"); }

        Assert.Empty(longer["attempts"]!.AsArray());
        Assert.InRange((Time(longer["sendAt"]) - Time(told["sendAt"])).TotalSeconds, 119, 121);
    }

    [Fact]
    public async Task Two_accounts_asked_for_less_speak_for_their_host()
    {
        var accounts = new List<AccountId>();
        foreach (var name in new[] { "a", "b", "c" }) { accounts.Add(await _gateway.AddAccountAsync($"{name}@example.test")); }

        _gateway.Smtp.Reply("MAIL", "450 4.7.0 Too many messages from your network");
        foreach (var account in accounts[..2]) { await _gateway.ReachedAsync(account, await _gateway.SubmitAsync(account, "bob@example.test"), "queued"); }

        _gateway.Smtp.Happily("MAIL");
        var id = await _gateway.SubmitAsync(accounts[2], "bob@example.test");
        await _gateway.ReachDueTimeAsync(await _gateway.WaitsAsync(accounts[2], id));
        await _gateway.ReachedAsync(accounts[2], id, "sent");
    }

    [Fact]
    public async Task A_provider_with_known_limits_is_kept_to_them_unless_the_account_says_otherwise()
    {
        var account = (await PostAsync("/v1/accounts?verify=false", new
        {
            email = "ann@example.test",
            credentials = new { type = "password", password = "secret" },
            smtp = new { host = "smtp.office365.com", port = 587, security = "startTls" },
        }, HttpStatusCode.Created))["id"]!;
        var id = AccountId.Parse((string)account!, null);

        var usual = await PacingAsync(id);
        var own = await SetAsync(id, new { perMinute = 10 });
        using var wrong = await _gateway.Client().PutAsJsonAsync($"/v1/accounts/{id}/pacing", new { perMinute = 0, perDay = 1_000_001 }, Ct);
        var again = await SetAsync(id, new { });

        Assert.Equal((30, 10_000, 0, 0), ((int)usual["perMinute"]!, (int)usual["perDay"]!, (int)usual["usedThisMinute"]!, (int)usual["usedToday"]!));
        Assert.Null(usual["nextAt"]);
        Assert.Equal((10, 10_000), ((int)own["perMinute"]!, (int)own["perDay"]!));
        Assert.Equal(["/perMinute", "/perDay"], (await wrong.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed")).Pointers());
        Assert.Equal(usual.ToJsonString(), again.ToJsonString());
    }

    private async Task<List<string>> SubmitAsync(AccountId account, params string[] addresses)
    {
        List<string> ids = [];
        foreach (var address in addresses) { ids.Add(await _gateway.SubmitAsync(account, address)); }

        return ids;
    }

    private async Task<JsonObject> PacingAsync(AccountId account)
    {
        using var answer = await _gateway.Client().GetAsync(new Uri($"/v1/accounts/{account}/pacing", UriKind.Relative), Ct);
        return await SendingGateway.BodyAsync(answer, HttpStatusCode.OK);
    }

    private async Task<JsonObject> SetAsync(AccountId account, object limits)
    {
        using var answer = await _gateway.Client().PutAsJsonAsync($"/v1/accounts/{account}/pacing", limits, Ct);
        return await SendingGateway.BodyAsync(answer, HttpStatusCode.OK);
    }

    private async Task<JsonObject> PostAsync(string path, object body, HttpStatusCode expected)
    {
        using var answer = await _gateway.Client().PostAsJsonAsync(path, body, Ct);
        return await SendingGateway.BodyAsync(answer, expected);
    }

    private static DateTimeOffset Time(JsonNode? text) => DateTimeOffset.Parse((string)text!, System.Globalization.CultureInfo.InvariantCulture);
}
