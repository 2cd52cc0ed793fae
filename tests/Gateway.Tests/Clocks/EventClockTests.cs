using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Features.Events;
using Gateway.Tests.Events;
using Gateway.Tests.Webhooks;

namespace Gateway.Tests.Clocks;

/// <summary>The wall clock leaps: events are told once and in order, receivers are tried again in time, and sessions end when they should.</summary>
public sealed class EventClockTests : IAsyncDisposable
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(3);

    private readonly LiveGateway _gateway = new();
    private readonly Receiver _receiver = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _receiver.Dispose();
    }

    [Theory]
    [InlineData(+3)]
    [InlineData(-3)]
    public async Task Events_around_a_leap_are_told_once_and_in_order_and_a_cursor_from_before_it_resumes(int hours)
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await using var stream = await EventStream.OpenAsync(_gateway.Admin(), $"?account={ann}");
        await _gateway.HappenAsync(ann, 2);

        _gateway.Clock.Leap(TimeSpan.FromHours(hours));
        await _gateway.HappenAsync(ann, 2);
        await using var resumed = await EventStream.OpenAsync(_gateway.Admin(), lastEventId: $"{ann}-2");

        Assert.Equal([2, 3, 4, 5], (await stream.IdsAsync(4)).Select(NumberOf));
        Assert.Equal([3, 4, 5], (await resumed.IdsAsync(3)).Select(NumberOf));

        int NumberOf(string? id) => int.Parse(id![(id!.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(+3)]
    [InlineData(-3)]
    public async Task Mail_that_comes_after_a_leap_is_told_once(int hours)
    {
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        await using var stream = await EventStream.OpenAsync(_gateway.Admin(), $"?account={ann}");

        _gateway.Clock.Leap(TimeSpan.FromHours(hours));
        await _gateway.Imap.Inbox.DeliverAsync("One");
        await _gateway.Imap.Inbox.DeliverAsync("Two");
        var told = new[] { await NextAsync(stream), await NextAsync(stream) };

        Assert.Contains("\"subject\":\"One\"", told[0], StringComparison.Ordinal);
        Assert.Contains("\"subject\":\"Two\"", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_is_tried_again_within_a_minute_after_the_machine_has_slept_over_its_time()
    {
        await FailOnceAsync(TimeSpan.FromHours(2));

        _gateway.Clock.Leap(Hours);
        _gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await _receiver.NextAsync();

        Assert.True(_receiver.IsQuiet);
    }

    [Fact]
    public async Task A_receiver_does_not_wait_for_longer_when_the_clock_is_set_back()
    {
        var due = await FailOnceAsync(TimeSpan.FromSeconds(5));
        await _gateway.Clock.UntilAwaitedAsync(due, Ct);

        _gateway.Clock.Leap(-Hours);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(7));
        await _receiver.NextAsync();

        Assert.True(_receiver.IsQuiet);
    }

    [Fact]
    public async Task A_receiver_that_is_down_is_not_spared_for_longer_when_the_clock_is_set_back()
    {
        using var breaker = new EndpointBreaker(_gateway.Clock);
        for (var failures = 0; failures < 5; failures++) { await breaker.RunAsync(() => Task.FromResult(false), well => well, Ct); }

        _gateway.Clock.Leap(-Hours);
        var next = breaker.RunAsync(() => Task.FromResult(true), well => well, Ct);
        Assert.False(next.IsCompleted);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await next);
    }

    [Fact]
    public async Task A_session_ends_by_the_wall_clock_and_one_that_was_signed_out_does_not_come_back_when_it_is_set_back()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync("ann@example.test"), await _gateway.AddAccountAsync("bob@example.test"));
        var (slept, other) = (await _gateway.SignInAsync(ann), await _gateway.SignInAsync(bob));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(slept), await StatusAsync(other)));

        _gateway.Clock.Leap(-Hours);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));
        await _gateway.SignOutAsync(bob);
        _gateway.Clock.Leap(Hours + TimeSpan.FromHours(13));
        _gateway.Clock.Advance(TimeSpan.FromMinutes(1)); // a lookup is remembered for so long

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await StatusAsync(slept), await StatusAsync(other)));
    }

    private async Task<HttpStatusCode> StatusAsync(string cookie)
    {
        using var client = _gateway.Host.CreateClient(new() { HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/session");
        request.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    private static async Task<string> NextAsync(EventStream stream)
    {
        while (true)
        {
            var item = (await stream.NextAsync())!.Value;
            if (item.EventType == "message.created") { return item.Data; }
        }
    }

    /// <summary>Has the receiver fail once, and answer from then on.</summary>
    /// <returns>When it is to be tried again.</returns>
    private async Task<DateTimeOffset> FailOnceAsync(TimeSpan retryAfter)
    {
        _gateway.Settings["Gateway:Webhooks:RetryAfter:0"] = $"{retryAfter}";
        var ann = await _gateway.AddAccountAsync("ann@example.test");
        _receiver.Answer = _ => Task.FromResult(Receiver.With(500));
        using var added = await _gateway.Admin().PostAsJsonAsync("/v1/webhooks", new { url = _receiver.Url, types = new[] { "message.deleted" } }, Ct);
        var hook = (await added.Content.ReadFromJsonAsync<JsonObject>(Ct))!["id"];
        await _gateway.HappenAsync(ann);
        await _receiver.NextAsync();
        _receiver.Answer = _ => Task.FromResult(Receiver.With(200));
        while (true)
        {
            var deliveries = (await _gateway.Admin().GetFromJsonAsync<JsonObject>($"/v1/webhooks/{hook}/deliveries", Ct))!["items"]!.AsArray();
            if (deliveries is [{ } delivery] && delivery["nextAttemptAt"] is { } next && delivery["attempts"]!.AsArray().Count == 1) { return next.GetValue<DateTimeOffset>(); }

            await Task.Yield();
        }
    }
}
