using System.Net;
using System.Text.Json.Nodes;
using Gateway.Http;
using Gateway.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Tests.Events;

public sealed class StreamEventsTests : IAsyncDisposable
{
    private readonly LiveGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Events_come_as_they_are_written()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await using var stream = await EventStream.OpenAsync(_gateway.Admin());

        await _gateway.HappenAsync(ann);
        var item = (await stream.NextAsync())!.Value;

        var happened = JsonNode.Parse(item.Data)!;
        Assert.Equal(($"{ann}-2", "message.deleted", ann.ToString()), (item.EventId, item.EventType, (string?)happened["accountId"]));
        Assert.Equal(item.EventId, (string?)happened["id"]);
        Assert.Equal("text/event-stream", stream.Answer.Content.Headers.ContentType!.MediaType);
        Assert.True(stream.Answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Resumed_stream_misses_nothing_of_any_account()
    {
        var (ann, bob, still) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"), await _gateway.AddAccountAsync("still@example.test"));
        await _gateway.HappenAsync(bob, 3);
        _gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await _gateway.HappenAsync(ann, 2); // 2 and 3: the client saw 2
        await _gateway.HappenAsync(bob, 2);
        var resumed = await EventStream.OpenAsync(_gateway.Admin(), lastEventId: $"{ann}-2");

        await using (resumed)
        {
            var ids = await resumed.IdsAsync(3);
            await _gateway.HappenAsync(still);

            Assert.Equal([$"{ann}-3", $"{bob}-5", $"{bob}-6"], ids.Order().OrderBy(id => id!.StartsWith($"{bob}", StringComparison.Ordinal)));
            Assert.Equal([$"{still}-2"], await resumed.IdsAsync(1));
        }
    }

    [Fact]
    public async Task What_was_written_late_is_found_by_when_it_was_written()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var detected = _gateway.Clock.GetUtcNow();
        _gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await _gateway.HappenAsync(ann);
        _gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await _gateway.Log.AppendAsync(bob, [new("message.created", new { }, detected, detected)], Ct); // its rows took two minutes to read

        await using var resumed = await EventStream.OpenAsync(_gateway.Admin(), lastEventId: $"{ann}-2");

        Assert.Equal([$"{bob}-2"], await resumed.IdsAsync(1));
    }

    [Fact]
    public async Task Account_added_later_is_followed_from_its_first_event()
    {
        await using var stream = await EventStream.OpenAsync(_gateway.Admin());

        var late = await _gateway.AddAccountAsync("late@example.test");
        await _gateway.HappenAsync(late);

        Assert.Equal([$"{late}-1", $"{late}-2"], await stream.IdsAsync(2));
    }

    [Fact]
    public async Task Limited_key_sees_its_accounts_only()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var client = _gateway.Caller(await _gateway.KeyAsync(Scopes.MailRead, ann));
        await using var stream = await EventStream.OpenAsync(client);

        await _gateway.HappenAsync(bob);
        await _gateway.HappenAsync(ann);

        Assert.Equal([$"{ann}-2"], await stream.IdsAsync(1));
        using var foreign = await EventStream.AskAsync(client, $"?account={bob}", null, Ct);
        await foreign.ProblemAsync(HttpStatusCode.NotFound, "account-not-found");
        using var foreignCursor = await EventStream.AskAsync(client, "", $"{bob}-1", Ct);
        await foreignCursor.ProblemAsync(HttpStatusCode.BadRequest, "malformed-cursor");
    }

    [Fact]
    public async Task Key_without_the_scope_hears_nothing()
    {
        using var answer = await EventStream.AskAsync(_gateway.Caller(await _gateway.KeyAsync(Scopes.MailSend, await _gateway.AddAccountAsync("ann@example.test"))), "", null, Ct);

        await answer.ProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
    }

    [Fact]
    public async Task One_account_can_be_asked_for()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        await using var stream = await EventStream.OpenAsync(_gateway.Admin(), $"?account={ann}");

        await _gateway.HappenAsync(bob);
        await _gateway.HappenAsync(ann);

        Assert.Equal([$"{ann}-2"], await stream.IdsAsync(1));
        using var unknown = await EventStream.AskAsync(_gateway.Admin(), $"?account={Gateway.Mail.AccountId.New(_gateway.Clock)}", null, Ct);
        await unknown.ProblemAsync(HttpStatusCode.NotFound, "account-not-found");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1-2-3")]
    [InlineData("{ann}--1")]
    [InlineData("{ann}-99999999999999999999")]
    public async Task Last_event_id_that_is_none_is_malformed(string id)
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");

        using var answer = await EventStream.AskAsync(_gateway.Admin(), "", id.Replace("{ann}", $"{ann}", StringComparison.Ordinal), Ct);

        Assert.Equal(["Last-Event-ID"], (await answer.ProblemAsync(HttpStatusCode.BadRequest, "malformed-cursor")).Parameters());
    }

    [Fact]
    public async Task Place_that_was_dropped_from_the_log_has_expired()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        await _gateway.HappenAsync(ann, 120);
        await TrimAsync();

        using var own = await EventStream.AskAsync(_gateway.Admin(), "", $"{ann}-5", Ct);
        await own.ProblemAsync(HttpStatusCode.Gone, "cursor-expired");
        using var beginning = await EventStream.AskAsync(_gateway.Admin(), "", $"{ann}-0", Ct);
        await beginning.ProblemAsync(HttpStatusCode.Gone, "cursor-expired");
        using var others = await EventStream.AskAsync(_gateway.Admin(), "", $"{bob}-1", Ct); // ann's after that time are gone in part
        await others.ProblemAsync(HttpStatusCode.Gone, "cursor-expired");
        using var narrowed = await EventStream.AskAsync(_gateway.Admin(), $"?account={bob}", $"{bob}-1", Ct);
        Assert.Equal(HttpStatusCode.OK, narrowed.StatusCode);
    }

    [Fact]
    public async Task Silence_is_broken_by_a_ping()
    {
        await using var stream = await EventStream.OpenAsync(_gateway.Admin());
        var next = stream.NextAsync();

        await _gateway.Clock.ReachAsync(_gateway.Clock.GetUtcNow().AddSeconds(15), TimeSpan.FromMinutes(1), Ct);

        Assert.Equal("ping", (await next)!.Value.EventType);
    }

    [Fact]
    public async Task Reader_behind_a_whole_batch_gets_every_event_in_order()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await using var stream = await EventStream.OpenAsync(_gateway.Admin(), lastEventId: $"{ann}-0");

        await _gateway.HappenAsync(ann, 700);

        Assert.Equal(Enumerable.Range(1, 701).Select(n => $"{ann}-{n}"), await stream.IdsAsync(701));
    }

    [Fact]
    public async Task Signing_out_ends_the_stream()
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        var client = _gateway.Host.CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", await _gateway.SignInAsync(ann));
        await using var stream = await EventStream.OpenAsync(client);
        var next = stream.NextAsync();

        await _gateway.SignOutAsync(ann);

        Assert.Null(await next);
    }

    [Fact]
    public async Task Stopping_server_ends_its_streams()
    {
        await using var stream = await EventStream.OpenAsync(_gateway.Admin());
        var next = stream.NextAsync();

        _gateway.Host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Null(await next);
    }

    private Task TrimAsync() => _gateway.Host.Services.GetServices<IHostedService>().OfType<Features.Events.EventTrimming>().Single().TrimAsync(Ct);
}
