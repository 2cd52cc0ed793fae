using System.Net;
using System.Text;

namespace Gateway.Tests.Http;

/// <summary>On a real Kestrel, which is what holds the limit.</summary>
public sealed class BodyLimitTests : IAsyncLifetime
{
    private readonly GatewayFactory _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _gateway.UseKestrel(0);
        _gateway.StartServer();
        return default;
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_over_one_megabyte_is_refused(bool chunked)
    {
        using var content = new StringContent("\"" + new string('x', 1024 * 1024) + "\"", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/accounts", UriKind.Relative)) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;

        await (await _gateway.CreateAdmin().SendAsync(request, Ct)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task Settings_over_64_kilobytes_are_refused()
    {
        var account = await _gateway.AddAccountAsync("ann@example.test", "secret", Ct);
        using var content = new StringContent("{\"values\":{\"x\":\"" + new string('x', 64 * 1024) + "\"}}", Encoding.UTF8, "application/json");

        await (await _gateway.CreateAdmin().PutAsync(new Uri($"/v1/accounts/{account}/settings", UriKind.Relative), content, Ct)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task Server_does_not_tell_what_it_runs_on()
    {
        var answer = await _gateway.CreateStranger().GetAsync(new Uri("/health/live", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Server"));
    }
}
