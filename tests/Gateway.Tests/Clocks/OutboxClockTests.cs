using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Submissions;

namespace Gateway.Tests.Clocks;

/// <summary>The wall clock leaps, ahead as after a machine's sleep or back as when it is corrected: mails go out in time, and once.</summary>
public sealed class OutboxClockTests : IAsyncDisposable
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(3);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly SendingGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(+3)]
    [InlineData(-3)]
    public async Task Mail_submitted_after_a_leap_goes_out_at_once_and_its_key_still_stands_for_it(int hours)
    {
        var account = await _gateway.AddAccountAsync();
        var mail = new JsonObject { ["to"] = SendingGateway.Addresses("bob@example.test"), ["subject"] = "x", ["text"] = "x", ["saveToSent"] = false };
        var before = await SubmitAsync(account, mail, "before");
        await _gateway.ReachedAsync(account, before, "sent");

        _gateway.Clock.Leap(TimeSpan.FromHours(hours));
        var again = await SubmitAsync(account, mail, "before");
        var after = await SubmitAsync(account, mail, "after");
        await _gateway.ReachedAsync(account, after, "sent");

        Assert.Equal(before, again);
        Assert.Equal(2, _gateway.Smtp.Mails.Count);
    }

    [Fact]
    public async Task What_fell_due_while_the_machine_slept_goes_out_within_a_minute()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("MAIL", "451 4.3.2 Not now");
        var retried = await _gateway.SubmitAsync(account, "bob@example.test");
        await _gateway.ReachedAsync(account, retried, "queued");
        var later = await SubmitLaterAsync(account, Hours - TimeSpan.FromMinutes(1));
        _gateway.Smtp.Happily("MAIL");

        _gateway.Clock.Leap(Hours);
        _gateway.Clock.Advance(LongestWait);

        await _gateway.ReachedAsync(account, retried, "sent", attempts: 2);
        await _gateway.ReachedAsync(account, later, "sent");
        Assert.Equal(2, _gateway.Smtp.Mails.Count);
    }

    [Fact]
    public async Task What_is_for_later_waits_for_its_time_when_the_clock_is_set_back()
    {
        var account = await _gateway.AddAccountAsync();
        var later = await SubmitLaterAsync(account, LongestWait);

        _gateway.Clock.Leap(-Hours);
        _gateway.Clock.Advance(LongestWait * 2);
        var now = await _gateway.SubmitAsync(account, "bob@example.test"); // the outbox has looked since
        await _gateway.ReachedAsync(account, now, "sent");
        Assert.Equal("scheduled", (string?)(await _gateway.GetAsync(account, later))["state"]);
        _gateway.Clock.Leap(Hours);
        _gateway.Clock.Advance(LongestWait);

        await _gateway.ReachedAsync(account, later, "sent");
        Assert.Equal(2, _gateway.Smtp.Mails.Count);
    }

    [Fact]
    public async Task A_retry_waits_no_longer_than_planned_when_the_clock_is_set_back()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("MAIL", "451 4.3.2 Not now");
        var id = await _gateway.SubmitAsync(account, "bob@example.test");
        var due = (await _gateway.ReachedAsync(account, id, "queued"))["sendAt"]!.GetValue<DateTimeOffset>();
        await _gateway.Clock.UntilAwaitedAsync(due, Ct);
        _gateway.Smtp.Happily("MAIL");

        _gateway.Clock.Leap(-Hours);
        _gateway.Clock.Advance(LongestWait);
        await LookedAsync(account); // and has found that the clock is behind
        _gateway.Clock.Advance(LongestWait);

        await _gateway.ReachedAsync(account, id, "sent", attempts: 2);
        Assert.Equal(2, _gateway.Smtp.Mails.Count);
    }

    [Fact]
    public async Task What_waited_for_its_pace_goes_out_when_the_clock_is_set_back()
    {
        var account = await _gateway.AddAccountAsync();
        _gateway.Smtp.Reply("MAIL", "421 4.3.2 Not now");
        var first = await _gateway.SubmitAsync(account, "bob@example.test");
        await _gateway.ReachedAsync(account, first, "queued");
        var second = await _gateway.SubmitAsync(account, "bob@example.test");
        _gateway.Smtp.Happily("MAIL");

        await _gateway.StopAsync();
        _gateway.Clock.Leap(-Hours);
        _gateway.Restart();

        await _gateway.ReachedAsync(account, second, "sent");
        Assert.Single(_gateway.Smtp.Mails);
    }

    /// <summary>Returns when the outbox has looked at what is due since now: it sends what is new.</summary>
    private async Task LookedAsync(Mail.AccountId account) => await _gateway.ReachedAsync(account, await _gateway.SubmitAsync(account, "bob@example.test"), "sent");

    private Task<string> SubmitLaterAsync(Mail.AccountId account, TimeSpan wait) => _gateway.SubmitAsync(account, new JsonObject
    {
        ["to"] = SendingGateway.Addresses("bob@example.test"), ["subject"] = "x", ["text"] = "x", ["saveToSent"] = false, ["sendAt"] = (_gateway.Clock.GetUtcNow() + wait).ToString("O"),
    });

    private async Task<string> SubmitAsync(Mail.AccountId account, JsonObject mail, string key)
    {
        using var answer = await _gateway.PostAsync(account, mail, key);
        return (string)(await SendingGateway.BodyAsync(answer, HttpStatusCode.Accepted))["id"]!;
    }
}
