using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Features.Webhooks;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Tests.Events;
using Gateway.Tests.Http;
using WireMock;

namespace Gateway.Tests.Webhooks;

/// <summary>Events arrive signed, in order, at least once, whatever the receiver does.</summary>
public sealed class WebhookTests : IAsyncDisposable
{
    /// <summary>A delivery that waits looks at the clock at least this often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly LiveGateway _gateway = new();
    private readonly Receiver _receiver = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _receiver.Dispose();
    }

    [Fact]
    public async Task Events_arrive_in_order_signed_and_each_once()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var hook = await AddAsync(new { url = _receiver.Url });

        await _gateway.HappenAsync(ann, 3);
        List<IRequestMessage> received = [await _receiver.NextAsync(), await _receiver.NextAsync(), await _receiver.NextAsync()];

        Assert.Equal([$"{ann}-2", $"{ann}-3", $"{ann}-4"], received.Select(r => Header(r, "webhook-id")));
        Assert.All(received, r => Assert.True(IsSigned(r, (string)hook["secret"]!)));
        Assert.Equal(("message.deleted", $"{ann}"), ((string?)Body(received[0])["type"], (string?)Body(received[0])["accountId"]));
        var deliveries = await DeliveriesAsync(hook, 3);
        Assert.All(deliveries, d => Assert.Equal(("delivered", 200), ((string?)d!["state"], (int?)d["attempts"]![0]!["status"])));
        Assert.True(_receiver.IsQuiet);
    }

    [Fact]
    public async Task Accounts_types_and_mailboxes_narrow_what_is_told()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var mailbox = new MailboxId(7);
        await AddAsync(new { url = _receiver.Url, accounts = new[] { $"{ann}" }, types = new[] { "message.deleted" }, mailboxes = new[] { $"{mailbox}" } });

        await _gateway.HappenAsync(bob);
        await _gateway.Log.AppendAsync(ann, "message.created", new { mailboxId = $"{mailbox}" }, _gateway.Clock.GetUtcNow(), Ct);
        await _gateway.Log.AppendAsync(ann, "message.deleted", new { mailboxId = $"{new MailboxId(8)}" }, _gateway.Clock.GetUtcNow(), Ct);
        await _gateway.Log.AppendAsync(ann, "message.deleted", new { mailboxId = $"{mailbox}" }, _gateway.Clock.GetUtcNow(), Ct);

        Assert.Equal($"{ann}-4", Header(await _receiver.NextAsync(), "webhook-id"));
        Assert.True(_receiver.IsQuiet);
    }

    [Fact]
    public async Task A_move_is_told_to_whoever_wants_either_mailbox()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var (mailbox, other, third) = (new MailboxId(7), new MailboxId(8), new MailboxId(9));
        await AddAsync(new { url = _receiver.Url, types = new[] { "message.moved" }, mailboxes = new[] { $"{mailbox}" } });

        await _gateway.Log.AppendAsync(ann, "message.moved", new { mailboxId = $"{other}", fromMailboxId = $"{third}" }, _gateway.Clock.GetUtcNow(), Ct);
        await _gateway.Log.AppendAsync(ann, "message.moved", new { mailboxId = $"{mailbox}", fromMailboxId = $"{other}" }, _gateway.Clock.GetUtcNow(), Ct);
        await _gateway.Log.AppendAsync(ann, "message.moved", new { mailboxId = $"{other}", fromMailboxId = $"{mailbox}" }, _gateway.Clock.GetUtcNow(), Ct);

        Assert.Equal($"{ann}-3", Header(await _receiver.NextAsync(), "webhook-id"));
        Assert.Equal($"{ann}-4", Header(await _receiver.NextAsync(), "webhook-id"));
        Assert.True(_receiver.IsQuiet);
    }

    [Fact]
    public async Task An_account_added_later_is_told_of_from_its_first_event()
    {
        await AddAsync(new { url = _receiver.Url, types = new[] { "account.state" } });

        var ann = await _gateway.AddAccountAsync("ann@example.test");

        Assert.Equal($"{ann}-1", Header(await _receiver.NextAsync(), "webhook-id"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(301)]
    [InlineData(404)]
    public async Task What_is_not_taken_is_tried_again_later_and_nothing_overtakes_it(int status)
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var refusals = 2;
        _receiver.Answer = _ => Task.FromResult(Interlocked.Decrement(ref refusals) >= 0 ? Receiver.With(status, "no", ("Location", "/elsewhere")) : Receiver.With(204));
        var hook = await AddAsync(new { url = _receiver.Url });

        await _gateway.HappenAsync(ann, 2);
        var (first, second) = (await _receiver.NextAsync(), await NextTryAsync(hook, 1));
        var (third, next) = (await NextTryAsync(hook, 2), await _receiver.NextAsync());

        Assert.Equal([$"{ann}-2", $"{ann}-2", $"{ann}-2", $"{ann}-3"], new[] { first, second, third, next }.Select(r => Header(r, "webhook-id")));
        var delivery = (await DeliveriesAsync(hook, 2))[1]!;
        Assert.Equal([status, status, 204], delivery["attempts"]!.AsArray().Select(a => (int)a!["status"]!));
        Assert.Equal("no", (string?)delivery["attempts"]![0]!["answer"]);
    }

    [Fact]
    public async Task One_account_does_not_wait_for_another()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        _receiver.Answer = request => Task.FromResult(Receiver.With(Header(request, "webhook-id")!.StartsWith($"{ann}", StringComparison.Ordinal) ? 500 : 200));
        await AddAsync(new { url = _receiver.Url });

        await _gateway.HappenAsync(ann);
        Assert.Equal($"{ann}-2", Header(await _receiver.NextAsync(), "webhook-id"));
        await _gateway.HappenAsync(bob);

        Assert.Equal($"{bob}-2", Header(await _receiver.NextAsync(), "webhook-id"));
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_given_up_after_its_time()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var (hung, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        _receiver.Answer = async _ =>
        {
            hung.TrySetResult();
            await end.Task;
            return Receiver.With(200);
        };
        var hook = await AddAsync(new { url = _receiver.Url });
        await _gateway.HappenAsync(ann);
        await hung.Task;

        _gateway.Clock.Advance(TimeSpan.FromSeconds(15));
        var delivery = (await DeliveriesAsync(hook, 1, d => d["attempts"]!.AsArray().Count > 0))[0]!;
        end.SetResult();

        Assert.Equal("pending", (string?)delivery["state"]);
        Assert.Equal("The receiver did not answer within 15 s.", (string?)delivery["attempts"]![0]!["error"]);
    }

    [Fact]
    public async Task Gone_switches_the_webhook_off_until_somebody_switches_it_on()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        _receiver.Answer = _ => Task.FromResult(Receiver.With(410));
        var hook = await AddAsync(new { url = _receiver.Url });
        await _gateway.HappenAsync(ann, 2);
        await _receiver.NextAsync();
        var off = await UntilAsync(() => GetAsync($"/v1/webhooks/{hook["id"]}"), w => !(bool)w["enabled"]!);
        _receiver.Answer = _ => Task.FromResult(Receiver.With(200));

        using var on = await _gateway.Admin().PutAsJsonAsync($"/v1/webhooks/{hook["id"]}", new { url = _receiver.Url }, Ct);
        var next = await _receiver.NextAsync();

        Assert.Equal("The receiver answered 410 Gone.", (string?)off["disabledReason"]);
        Assert.Equal($"{ann}-3", Header(next, "webhook-id")); // the one before was refused for good
    }

    [Fact]
    public async Task Retry_after_is_honoured()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        _receiver.Answer = _ => Task.FromResult(Receiver.With(429, "", ("Retry-After", "3600")));
        var hook = await AddAsync(new { url = _receiver.Url });
        var began = _gateway.Clock.GetUtcNow();

        await _gateway.HappenAsync(ann);
        await _receiver.NextAsync();
        var delivery = (await DeliveriesAsync(hook, 1, d => d["nextAttemptAt"] is not null))[0]!;

        Assert.Equal(TimeSpan.FromHours(1).TotalSeconds, (Time(delivery["nextAttemptAt"]!) - began).TotalSeconds, 1.0);
    }

    [Fact]
    public async Task After_the_last_try_an_event_counts_as_failed_and_the_next_has_its_turn()
    {
        foreach (var wait in new[] { 0, 1 }) { _gateway.Settings[$"Gateway:Webhooks:RetryAfter:{wait}"] = "00:00:05"; }

        var ann = await _gateway.AddAccountAsync("ann@example.test");
        _receiver.Answer = request => Task.FromResult(Receiver.With(Header(request, "webhook-id") == $"{ann}-2" ? 500 : 200));
        var hook = await AddAsync(new { url = _receiver.Url });

        await _gateway.HappenAsync(ann, 2);
        var tries = new[] { await _receiver.NextAsync(), await NextTryAsync(hook, 1), await NextTryAsync(hook, 2) };

        Assert.All(tries, r => Assert.Equal($"{ann}-2", Header(r, "webhook-id")));
        Assert.Equal($"{ann}-3", Header(await _receiver.NextAsync(), "webhook-id"));
        var failed = (await DeliveriesAsync(hook, 2))[1]!;
        Assert.Equal(("failed", 3), ((string?)failed["state"], failed["attempts"]!.AsArray().Count));
    }

    [Fact]
    public async Task Both_secrets_sign_while_a_receiver_changes_over()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var hook = await AddAsync(new { url = _receiver.Url });

        using var answer = await _gateway.Admin().PostAsync(new Uri($"/v1/webhooks/{hook["id"]}/secret", UriKind.Relative), null, Ct);
        var renewed = (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        await _gateway.HappenAsync(ann);
        var during = await _receiver.NextAsync();
        await DeliveriesAsync(hook, 1, d => (string?)d["state"] == "delivered");
        _gateway.Clock.Advance(TimeSpan.FromHours(25));
        await _gateway.HappenAsync(ann);
        var after = await _receiver.NextAsync();

        Assert.True(IsSigned(during, (string)hook["secret"]!) && IsSigned(during, (string)renewed["secret"]!));
        Assert.True(!IsSigned(after, (string)hook["secret"]!) && IsSigned(after, (string)renewed["secret"]!));
        Assert.Null((await GetAsync($"/v1/webhooks/{hook["id"]}"))["secret"]);
    }

    [Fact]
    public async Task A_test_event_is_sent_at_once_and_its_outcome_told()
    {
        var hook = await AddAsync(new { url = _receiver.Url, enabled = false });

        using var answer = await _gateway.Admin().PostAsync(new Uri($"/v1/webhooks/{hook["id"]}/test", UriKind.Relative), null, Ct);

        var received = await _receiver.NextAsync();
        Assert.Equal("webhook.test", (string?)Body(received)["type"]);
        Assert.True(IsSigned(received, (string)hook["secret"]!));
        Assert.Equal(200, (int)(await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["status"]!);
    }

    [Fact]
    public async Task What_was_sent_can_be_sent_again_one_by_one_or_since_a_time()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var hook = await AddAsync(new { url = _receiver.Url });
        await _gateway.HappenAsync(ann);
        await DeliveriesAsync(hook, 1, d => (string?)d["state"] == "delivered");
        _gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        var since = _gateway.Clock.GetUtcNow();
        await _gateway.HappenAsync(ann, 2);
        for (var i = 0; i < 3; i++) { await _receiver.NextAsync(); }

        using var one = await _gateway.Admin().PostAsJsonAsync($"/v1/webhooks/{hook["id"]}/replay", new { eventId = $"{ann}-2" }, Ct);
        var again = await _receiver.NextAsync();
        using var all = await _gateway.Admin().PostAsJsonAsync($"/v1/webhooks/{hook["id"]}/replay", new { since }, Ct);
        var later = new[] { await _receiver.NextAsync(), await _receiver.NextAsync() };

        Assert.Equal((HttpStatusCode.OK, $"{ann}-2"), (one.StatusCode, Header(again, "webhook-id")));
        Assert.Equal(HttpStatusCode.Accepted, all.StatusCode);
        Assert.Equal([$"{ann}-3", $"{ann}-4"], later.Select(r => Header(r, "webhook-id")));
    }

    [Fact]
    public async Task A_closed_address_is_never_asked()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var hook = await AddAsync(new { url = "https://10.0.0.1/hook" });

        await _gateway.HappenAsync(ann);
        var delivery = (await DeliveriesAsync(hook, 1))[0]!;

        Assert.NotNull(delivery["attempts"]![0]!["error"]);
        Assert.Null(delivery["attempts"]![0]!["status"]);
    }

    [Fact]
    public async Task A_key_limited_to_accounts_sees_and_makes_webhooks_of_these_only()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var limited = _gateway.Caller(await _gateway.KeyAsync(Scopes.WebhooksManage | Scopes.MailRead, ann));
        var of = await AddAsync(new { url = _receiver.Url, accounts = new[] { $"{bob}" } });

        using var everything = await limited.PostAsJsonAsync("/v1/webhooks", new { url = _receiver.Url }, Ct);
        using var foreign = await limited.GetAsync(new Uri($"/v1/webhooks/{of["id"]}", UriKind.Relative), Ct);
        using var own = await limited.PostAsJsonAsync("/v1/webhooks", new { url = _receiver.Url, accounts = new[] { $"{ann}" } }, Ct);
        using var replay = await limited.PostAsJsonAsync($"/v1/webhooks/{(await own.Content.ReadFromJsonAsync<JsonObject>(Ct))!["id"]}/replay", new { eventId = $"{bob}-1" }, Ct);

        await everything.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        await foreign.ProblemAsync(HttpStatusCode.NotFound, "webhook-not-found");
        Assert.Equal(HttpStatusCode.Created, own.StatusCode);
        await replay.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        Assert.Single((await GetAsync("/v1/webhooks", limited))["items"]!.AsArray());
    }

    [Fact]
    public async Task Accounts_out_of_reach_are_refused_by_their_place_as_if_there_were_none()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var limited = _gateway.Caller(await _gateway.KeyAsync(Scopes.WebhooksManage | Scopes.MailRead, ann));
        var (nobody, hook) = (AccountId.New(_gateway.Clock), await AddAsync(new { url = _receiver.Url }));

        using var unknown = await _gateway.Admin().PostAsJsonAsync("/v1/webhooks", new { url = _receiver.Url, accounts = new[] { $"{ann}", $"{nobody}" } }, Ct);
        using var changed = await _gateway.Admin().PutAsJsonAsync($"/v1/webhooks/{hook["id"]}", new { url = _receiver.Url, accounts = new[] { $"{nobody}" } }, Ct);
        using var foreign = await limited.PostAsJsonAsync("/v1/webhooks", new { url = _receiver.Url, accounts = new[] { $"{ann}", $"{bob}" } }, Ct);

        var told = await unknown.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        Assert.Equal(["/accounts/1"], told.Pointers());
        Assert.Equal(["/accounts/0"], (await changed.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed")).Pointers());
        var hidden = await foreign.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        Assert.Equal((string?)told["errors"]!.ToJsonString(), hidden["errors"]!.ToJsonString());
    }

    [Fact]
    public async Task A_key_that_may_not_read_mail_is_not_told_of_it_by_a_webhook_either()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var blind = _gateway.Caller(await _gateway.KeyAsync(Scopes.WebhooksManage, ann));

        using var answer = await blind.PostAsJsonAsync("/v1/webhooks", new { url = _receiver.Url, accounts = new[] { $"{ann}" } }, Ct);

        await answer.ProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
    }

    [Theory]
    [InlineData("""{"url":"ftp://example.test"}""", "/url")]
    [InlineData("""{"url":"https://user:pass@example.test/"}""", "/url")]
    [InlineData("""{"url":"no address"}""", "/url")]
    [InlineData("""{"url":"https://example.test","types":["nonsense"]}""", "/types/0")]
    [InlineData("""{"url":"https://example.test","types":[]}""", "/types")]
    [InlineData("""{"url":"https://example.test","accounts":[]}""", "/accounts")]
    public async Task What_makes_no_sense_is_refused_with_its_place(string body, string pointer)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await _gateway.Admin().PostAsync(new Uri("/v1/webhooks", UriKind.Relative), content, Ct);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(pointer, (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["errors"]![0]!["pointer"]);
    }

    /// <summary>The vector of the Standard Webhooks specification.</summary>
    [Fact]
    public void Signatures_are_those_of_the_specification() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));

    private static string? Header(IRequestMessage request, string name) => request.Headers!.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?[0];

    private static JsonObject Body(IRequestMessage request) => JsonNode.Parse(request.Body!)!.AsObject();

    /// <summary>As a receiver checks it.</summary>
    private static bool IsSigned(IRequestMessage request, string secret)
    {
        var signed = Encoding.UTF8.GetBytes($"{Header(request, "webhook-id")}.{Header(request, "webhook-timestamp")}.{request.Body}");
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
        return Header(request, "webhook-signature")!.Split(' ').Contains(expected);
    }

    /// <summary>Told of what the test makes happen only, where it does not say of what: what the watching says of the account would come in between.</summary>
    private async Task<JsonObject> AddAsync(object webhook)
    {
        var request = JsonSerializer.SerializeToNode(webhook)!.AsObject();
        request.TryAdd("types", new JsonArray("message.deleted"));
        using var answer = await _gateway.Admin().PostAsJsonAsync("/v1/webhooks", request, Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }

    /// <summary>The next request, which comes when the delivery that was tried so often is due again.</summary>
    private async Task<IRequestMessage> NextTryAsync(JsonObject hook, int tried)
    {
        var pending = await DeliveriesAsync(hook, 1, d => d["attempts"]!.AsArray().Count == tried && d["nextAttemptAt"] is not null);
        await _gateway.Clock.ReachAsync(Time(pending[0]!["nextAttemptAt"]!), LongestWait, Ct);
        _gateway.Clock.Advance(TimeSpan.FromMilliseconds(1)); // what is told is kept to the millisecond
        return await _receiver.NextAsync();
    }

    private static DateTimeOffset Time(JsonNode value) => DateTimeOffset.Parse((string)value!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<JsonArray> DeliveriesAsync(JsonObject hook, int count, Func<JsonObject, bool>? each = null) =>
        (await UntilAsync(() => GetAsync($"/v1/webhooks/{hook["id"]}/deliveries"), page =>
            page["items"]!.AsArray() is var items && items.Count == count && items.All(d => each?.Invoke(d!.AsObject()) ?? ((string?)d!["state"] != "pending" || d["attempts"]!.AsArray().Count > 0))))["items"]!.AsArray();

    /// <summary>What becomes of a delivery is on record a moment after the receiver has answered.</summary>
    private static async Task<JsonObject> UntilAsync(Func<Task<JsonObject>> get, Func<JsonObject, bool> reached)
    {
        while (true)
        {
            var now = await get();
            if (reached(now)) { return now; }

            await Task.Yield();
        }
    }

    private async Task<JsonObject> GetAsync(string path, HttpClient? client = null)
    {
        using var answer = await (client ?? _gateway.Admin()).GetAsync(new Uri(path, UriKind.Relative), Ct);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }
}
