using System.Net;
using System.Net.Http.Json;
using Gateway.Http;

namespace Gateway.Tests.Http;

public sealed class RateLimitTests : IAsyncLifetime
{
    private static readonly Uri Accounts = new("/v1/accounts", UriKind.Relative);

    private readonly GatewayFactory _gateway = new()
    {
        Settings = { ["Gateway:RateLimits:RequestsPerSecond"] = "1", ["Gateway:RateLimits:Burst"] = "10", ["Gateway:RateLimits:SignInsPerMinute"] = "2" },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Caller_over_the_limit_is_told_when_to_come_back_and_others_are_served()
    {
        var other = _gateway.CreateCaller(await _gateway.CreateKeyAsync(Scopes.MailRead, null, Ct));
        var greedy = _gateway.CreateAdmin();
        HttpResponseMessage answer;
        do { answer = await greedy.GetAsync(Accounts, Ct); } while (answer.IsSuccessStatusCode);

        await answer.ProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(Accounts, Ct)).StatusCode);
    }

    [Fact]
    public async Task Password_guesser_is_slowed_down()
    {
        var guesser = _gateway.CreateStranger();
        var guess = new { email = "ann@example.test", password = "x" };
        for (var i = 0; i < 2; i++) { await (await guesser.PostAsJsonAsync("/v1/session", guess, Ct)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "discovery-failed"); }

        var answer = await guesser.PostAsJsonAsync("/v1/session", guess, Ct);

        await answer.ProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }
}
