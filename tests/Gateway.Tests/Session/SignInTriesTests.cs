using System.Net;
using System.Net.Http.Json;
using Gateway.Features.Session;
using Gateway.Http;
using Gateway.Mail;
using Gateway.TestKit;
using Gateway.Tests.Http;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Session;

public sealed class SignInTriesTests
{
    private const string Ann = "ann@example.test";

    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.7");
    private static readonly ServerAddress Server = new("imap.example.test", 993, MailSecurity.Tls);

    private readonly WatchedClock _clock = new();
    private readonly RateLimitOptions _options = new() { FailedSignIns = 3, FailedSignInWindow = TimeSpan.FromMinutes(15) };
    private readonly SignInTries _tries;

    public SignInTriesTests() => _tries = new(Options.Create(_options), _clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void After_so_many_failures_the_window_has_to_pass()
    {
        Fail(2);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Fail(1);

        Assert.Equal(TimeSpan.FromMinutes(10), _tries.Take(Ann, Home, Server));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Fail(3);
        Assert.NotNull(_tries.Take(Ann, Home, Server));
    }

    [Fact]
    public void A_clock_that_is_set_back_keeps_nobody_out_for_longer()
    {
        Fail(3);

        _clock.Leap(-TimeSpan.FromHours(3));
        Assert.Equal(TimeSpan.FromMinutes(15), _tries.Take(Ann, Home, Server));
        _clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Null(_tries.Take(Ann, Home, Server));
    }

    [Theory]
    [InlineData(Ann, "192.0.2.200", false)]
    [InlineData("ANN@Example.test", "::ffff:192.0.2.7", false)]
    [InlineData(Ann, "192.0.3.7", true)]
    [InlineData(Ann, "2001:db8::1", true)]
    [InlineData("bob@example.test", "192.0.2.7", true)]
    public void Guesses_are_counted_per_mailbox_and_network(string email, string from, bool free)
    {
        Fail(3);

        Assert.Equal(free, _tries.Take(email, IPAddress.Parse(from), Server) is null);
    }

    [Fact]
    public void Addresses_of_one_site_are_one_network()
    {
        for (var i = 1; i <= 3; i++) { _tries.Take(Ann, IPAddress.Parse($"2001:db8:0:{i}::1"), Server); }

        Assert.NotNull(_tries.Take(Ann, IPAddress.Parse("2001:db8:0:9::1"), Server));
        Assert.Null(_tries.Take(Ann, IPAddress.Parse("2001:db8:1::1"), Server));
    }

    [Fact]
    public void Right_password_clears_what_its_own_server_refused_and_no_more()
    {
        var own = new ServerAddress("imap.guesser.test", 993, MailSecurity.Tls);
        Fail(2);
        _tries.Take(Ann, Home, own);
        _tries.Clear(Ann, Home, own);
        Fail(1);

        Assert.NotNull(_tries.Take(Ann, Home, own));
        _tries.Clear(Ann, Home, Server);
        Fail(3);
    }

    [Fact]
    public void Try_that_proved_nothing_is_given_back()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(_tries.Take(Ann, Home, Server));
            _tries.GiveBack(Ann, Home, Server);
        }
    }

    [Fact]
    public void Memory_is_bounded_by_forgetting_the_oldest()
    {
        Fail(3);
        for (var i = 0; i < 100_000; i++) { _tries.Take($"{i}@example.test", Home, Server); }

        Assert.Null(_tries.Take(Ann, Home, Server));
    }

    [Fact]
    public async Task Wrong_passwords_are_answered_until_there_were_too_many_then_even_the_right_one_has_to_wait()
    {
        await using var imap = new ScriptedImapServer();
        await using var gateway = new GatewayFactory { Settings = { ["Gateway:RateLimits:FailedSignIns"] = "3" } };
        var browser = gateway.CreateStranger();
        Task<HttpResponseMessage> SignInAsync(string email, string password) => browser.PostAsJsonAsync(
            "/v1/session", new { email, password, imap = new { host = "127.0.0.1", port = imap.Port, security = "none" } }, Ct);

        for (var i = 0; i < 2; i++) { await (await SignInAsync(Ann, "wrong")).ProblemAsync(HttpStatusCode.Unauthorized, "bad-credentials"); }

        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(Ann, imap.Password)).StatusCode);
        for (var i = 0; i < 3; i++) { await (await SignInAsync(Ann, "wrong")).ProblemAsync(HttpStatusCode.Unauthorized, "bad-credentials"); }

        var logins = imap.Logins;
        var refused = await SignInAsync(Ann, imap.Password);

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 14, 15);
        Assert.Equal(logins, imap.Logins);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync("bob@example.test", imap.Password)).StatusCode);
    }

    [Fact]
    public async Task Server_that_cannot_be_reached_is_no_wrong_password()
    {
        await using var gateway = new GatewayFactory { Settings = { ["Gateway:RateLimits:FailedSignIns"] = "1" } };
        var browser = gateway.CreateStranger();

        for (var i = 0; i < 3; i++)
        {
            var answer = await browser.PostAsJsonAsync("/v1/session", new { email = Ann, password = "x", imap = new { host = "127.0.0.1", port = 1, security = "none" } }, Ct);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++) { Assert.Null(_tries.Take(Ann, Home, Server)); }
    }
}
