using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Features.Session;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Watching;
using Gateway.Rendering;
using Gateway.Tests.Events;
using Gateway.Tests.Http;
using Gateway.Tests.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Push;

/// <summary>Browsers hear of new mail, and of nothing else.</summary>
public sealed class PushTests : IAsyncDisposable
{
    private readonly LiveGateway _gateway = new();
    private readonly Receiver _service = new();
    private readonly Browser _browser = new();
    private uint _uid;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _service.Dispose();
        _browser.Dispose();
    }

    [Fact]
    public async Task New_mail_is_told_encrypted_and_signed()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await SubscribeAsync(ann);
        var inbox = await MailboxAsync(ann, "INBOX");

        var row = await ArriveAsync(ann, inbox);
        var push = await _service.NextAsync();

        Assert.Equal(
            new JsonObject
            {
                ["type"] = "message.created", ["accountId"] = $"{ann}", ["mailboxId"] = $"{inbox}", ["messageId"] = $"{row.Id}", ["receivedAt"] = "2026-10-01T10:00:02.417Z",
                ["from"] = new JsonObject { ["address"] = "bob@example.test", ["name"] = "Bob" }, ["subject"] = "Lunch on Friday?",
            }.ToJsonString(),
            _browser.Read(push).ToJsonString());
        Assert.Equal(("aes128gcm", "86400", "normal"), (Header(push, "Content-Encoding"), Header(push, "TTL"), Header(push, "Urgency")));
        Assert.Matches("^[A-Za-z0-9_-]{1,32}$", Header(push, "Topic"));
        var claims = Browser.Authorized(push, await ServerKeyAsync());
        Assert.Equal(new Uri(_service.Url).GetLeftPart(UriPartial.Authority), claims.GetProperty("aud").GetString());
        Assert.Equal(_gateway.Clock.GetUtcNow().AddHours(12).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
        Assert.StartsWith("https://", claims.GetProperty("sub").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_else_is_told()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await SubscribeAsync(ann);
        var (inbox, other) = (await MailboxAsync(ann, "INBOX"), await MailboxAsync(ann, "Lists"));

        await ArriveAsync(ann, other);
        await ArriveAsync(ann, inbox, r => r with { Flags = [MessageFlag.Seen] });
        await ArriveAsync(ann, inbox, r => r with { Keywords = ["$junk"] });
        await ArriveAsync(ann, inbox, r => r with { From = [new("ANN@example.test")] });
        await ArriveAsync(ann, inbox, at: _gateway.Clock.GetUtcNow().AddDays(-2));
        await _gateway.HappenAsync(ann);
        var told = await ArriveAsync(ann, inbox);

        Assert.Equal($"{told.Id}", (string?)_browser.Read(await _service.NextAsync())["messageId"]);
        Assert.True(_service.IsQuiet);
    }

    [Fact]
    public async Task Mailboxes_can_be_chosen_and_what_is_private_stays_so()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var (inbox, other) = (await MailboxAsync(ann, "INBOX"), await MailboxAsync(ann, "Lists"));
        await SubscribeAsync(ann, s => (s["mailboxes"], s["private"]) = (new JsonArray($"{other}"), true));

        await ArriveAsync(ann, inbox);
        await ArriveAsync(ann, other);

        var notice = _browser.Read(await _service.NextAsync());
        Assert.Equal(["type", "accountId", "mailboxId", "messageId", "receivedAt"], notice.Select(p => p.Key));
        Assert.Equal($"{other}", (string?)notice["mailboxId"]);
    }

    [Fact]
    public async Task Nobody_is_disturbed_in_quiet_hours()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var (inbox, now) = (await MailboxAsync(ann, "INBOX"), _gateway.Clock.GetUtcNow());
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"); // half an hour off, all the year
        await SubscribeAsync(ann, s => s["quietHours"] = new JsonObject { ["from"] = At(now.AddHours(-1)), ["to"] = At(now.AddHours(1)), ["timeZone"] = zone.Id });

        await ArriveAsync(ann, inbox);
        await PlaceAsync(ann);
        _gateway.Clock.Advance(TimeSpan.FromHours(2));
        var told = await ArriveAsync(ann, inbox);

        Assert.Equal($"{told.Id}", (string?)_browser.Read(await _service.NextAsync())["messageId"]);
        Assert.True(_service.IsQuiet);

        string At(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_browser_that_is_gone_is_forgotten(int status)
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        _service.Answer = _ => Task.FromResult(Receiver.With(status));
        await SubscribeAsync(ann);

        await ArriveAsync(ann, await MailboxAsync(ann, "INBOX"));
        await _service.NextAsync();

        await UntilAsync(async () => (await ListAsync()).Count == 0);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again_when_it_wants_to_be()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var refusals = 1;
        _service.Answer = _ => Task.FromResult(Interlocked.Decrement(ref refusals) >= 0 ? Receiver.With(429, "", ("Retry-After", "47")) : Receiver.With(201));
        await SubscribeAsync(ann);
        var due = _gateway.Clock.GetUtcNow().AddSeconds(47); // which nobody else waits for

        var row = await ArriveAsync(ann, await MailboxAsync(ann, "INBOX"));
        await _service.NextAsync();
        await _gateway.Clock.ReachAsync(due, TimeSpan.FromMinutes(1), Ct);

        Assert.Equal($"{row.Id}", (string?)_browser.Read(await _service.NextAsync())["messageId"]);
        await PlaceAsync(ann);
    }

    [Fact]
    public async Task What_a_service_refuses_is_given_up_and_the_next_has_its_turn()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        _service.Answer = _ => Task.FromResult(Receiver.With(403));
        await SubscribeAsync(ann);
        var inbox = await MailboxAsync(ann, "INBOX");

        await ArriveAsync(ann, inbox);
        var next = await ArriveAsync(ann, inbox);
        await _service.NextAsync();

        Assert.Equal($"{next.Id}", (string?)_browser.Read(await _service.NextAsync())["messageId"]);
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task An_account_with_a_subscription_is_watched()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var watchers = _gateway.Host.Services.GetRequiredService<Watchers>();
        Assert.False(watchers.IsHeld(ann));

        await SubscribeAsync(ann);

        await UntilAsync(() => Task.FromResult(watchers.IsHeld(ann)));
    }

    [Fact]
    public async Task Signing_out_ends_the_subscriptions_of_the_session_and_no_others()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await SubscribeAsync(ann);
        var cookie = await _gateway.SignInAsync(ann);
        var user = _gateway.Host.CreateClient();
        user.DefaultRequestHeaders.Add("Cookie", cookie);
        user.DefaultRequestHeaders.Add(AntiforgeryToken.Header, AntiforgeryToken.For(cookie.Split('=', 2)[1]));
        using var added = await user.PostAsJsonAsync("/v1/push-subscriptions", _browser.Subscription(_service.Url + "?session"), Ct);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(2, (await ListAsync()).Count);
        using var changed = await _gateway.Admin().PutAsJsonAsync($"{added.Headers.Location}", _browser.Subscription(_service.Url + "?session"), Ct); // it stays the session's

        await _gateway.SignOutAsync(ann);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(_service.Url, (string?)Assert.Single(await ListAsync())!["endpoint"]);
    }

    [Fact]
    public async Task Subscriptions_go_with_their_account()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await SubscribeAsync(ann);

        using var deleted = await _gateway.Admin().DeleteAsync(new Uri($"/v1/accounts/{ann}", UriKind.Relative), Ct);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_browser_that_subscribes_again_keeps_its_subscription()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var first = await SubscribeAsync(ann);
        using var other = new Browser();

        using var again = await _gateway.Admin().PostAsJsonAsync("/v1/push-subscriptions", With(other.Subscription(_service.Url), ann), Ct);
        var row = await ArriveAsync(ann, await MailboxAsync(ann, "INBOX"));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal((string?)first["id"], (string?)(await again.Content.ReadFromJsonAsync<JsonObject>(Ct))!["id"]);
        Assert.Equal($"{row.Id}", (string?)other.Read(await _service.NextAsync())["messageId"]);
    }

    [Fact]
    public async Task Subscriptions_are_read_changed_and_deleted()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var path = $"/v1/push-subscriptions/{(await SubscribeAsync(ann))["id"]}";
        var change = _browser.Subscription(_service.Url);
        change["private"] = true;

        using var changed = await _gateway.Admin().PutAsJsonAsync(path, change, Ct);
        var read = await _gateway.Admin().GetFromJsonAsync<JsonObject>(path, Ct);
        using var deleted = await _gateway.Admin().DeleteAsync(new Uri(path, UriKind.Relative), Ct);
        using var gone = await _gateway.Admin().GetAsync(new Uri(path, UriKind.Relative), Ct);

        Assert.True((bool)read!["private"]!);
        Assert.Null(read["keys"]); // told to nobody
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await gone.ProblemAsync(HttpStatusCode.NotFound, "push-subscription-not-found");
    }

    [Fact]
    public async Task A_caller_sees_and_makes_subscriptions_within_reach_only()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var limited = _gateway.Caller(await _gateway.KeyAsync(Scopes.MailRead, bob));
        var of = await SubscribeAsync(ann);

        using var foreign = await limited.GetAsync(new Uri($"/v1/push-subscriptions/{of["id"]}", UriKind.Relative), Ct);
        using var taken = await limited.PostAsJsonAsync("/v1/push-subscriptions", With(_browser.Subscription(_service.Url), ann), Ct);
        using var whose = await _gateway.Admin().PostAsJsonAsync("/v1/push-subscriptions", _browser.Subscription(_service.Url), Ct);
        using var own = await limited.PostAsJsonAsync("/v1/push-subscriptions", _browser.Subscription(_service.Url), Ct);

        await foreign.ProblemAsync(HttpStatusCode.NotFound, "push-subscription-not-found");
        Assert.Equal(["/accountId"], (await taken.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed")).Pointers());
        Assert.Equal(["/accountId"], (await whose.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed")).Pointers());
        Assert.Equal(HttpStatusCode.Created, own.StatusCode);
        Assert.Single((await limited.GetFromJsonAsync<JsonObject>("/v1/push-subscriptions", Ct))!["items"]!.AsArray());
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_its_place()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var pointers = new Dictionary<string, Action<JsonObject>>
        {
            ["/endpoint"] = s => s["endpoint"] = "http://push.example.test/",
            ["/keys/p256dh"] = s => s["keys"]!["p256dh"] = "BCVx",
            ["/keys/auth"] = s => s["keys"]!["auth"] = "BTBZMqHH6r4Tts7J_aSI",
            ["/mailboxes/0"] = s => s["mailboxes"] = new JsonArray($"{new MailboxId(99)}"),
            ["/mailboxes"] = s => s["mailboxes"] = new JsonArray(),
            ["/quietHours/from"] = s => s["quietHours"] = new JsonObject { ["from"] = "24:00", ["to"] = "07:00", ["timeZone"] = "Europe/Berlin" },
            ["/quietHours/to"] = s => s["quietHours"] = new JsonObject { ["from"] = "22:00", ["to"] = "22:00", ["timeZone"] = "Europe/Berlin" },
            ["/quietHours/timeZone"] = s => s["quietHours"] = new JsonObject { ["from"] = "22:00", ["to"] = "07:00", ["timeZone"] = "Europe/Nowhere" },
        };
        foreach (var (pointer, spoil) in pointers)
        {
            var request = With(_browser.Subscription(_service.Url), ann);
            spoil(request);
            using var answer = await _gateway.Admin().PostAsJsonAsync("/v1/push-subscriptions", request, Ct);
            Assert.Equal([pointer], (await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed")).Pointers());
        }
    }

    [Fact]
    public async Task The_servers_key_stays_the_same() => Assert.Equal(await ServerKeyAsync(), await ServerKeyAsync());

    private async Task<JsonObject> SubscribeAsync(AccountId account, Action<JsonObject>? more = null)
    {
        var request = With(_browser.Subscription(_service.Url), account);
        more?.Invoke(request);
        using var answer = await _gateway.Admin().PostAsJsonAsync("/v1/push-subscriptions", request, Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }

    private static JsonObject With(JsonObject subscription, AccountId account)
    {
        subscription["accountId"] = $"{account}";
        return subscription;
    }

    private async Task<MailboxId> MailboxAsync(AccountId account, string path) => await _gateway.Host.Services.GetRequiredService<MailboxNumbers>().NumberAsync(account, path, 1, Ct);

    /// <summary>A mail from Bob, told in the log.</summary>
    private async Task<MessageRow> ArriveAsync(AccountId account, MailboxId mailbox, Func<MessageRow, MessageRow>? change = null, DateTimeOffset? at = null)
    {
        var row = MessageExamples.Row with { Id = new(mailbox, ++_uid), MailboxId = mailbox, From = [new Address("bob@example.test", "Bob")], Flags = [] };
        row = change?.Invoke(row) ?? row;
        await _gateway.Log.AppendAsync(account, "message.created", row, at ?? _gateway.Clock.GetUtcNow(), Ct);
        return row;
    }

    private async Task<JsonArray> ListAsync() => (await _gateway.Admin().GetFromJsonAsync<JsonObject>("/v1/push-subscriptions", Ct))!["items"]!.AsArray();

    private async Task<string> ServerKeyAsync() => (string)(await _gateway.Admin().GetFromJsonAsync<JsonObject>("/v1/push-subscriptions/server-key", Ct))!["publicKey"]!;

    /// <summary>Waits until all that happened so far is done with, durably.</summary>
    private async Task PlaceAsync(AccountId account)
    {
        var (last, subscriptions) = (await _gateway.Log.LastAsync(account, Ct), _gateway.Host.Services.GetRequiredService<Features.Push.PushSubscriptions>());
        await UntilAsync(async () => (await subscriptions.ListAsync(Ct)).All(p => p.Account != account || p.Number >= last));
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string? Header(WireMock.IRequestMessage request, string name) => request.Headers!.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?[0];
}
