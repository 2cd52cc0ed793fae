using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Http;

public sealed class SecurityHeadersTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/accounts")]
    [InlineData("/v1/nothing")]
    [InlineData("/health/live")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/index.html")]
    [InlineData("/")]
    public async Task Every_answer_is_guarded(string path)
    {
        var headers = (await gateway.CreateStranger().GetAsync(new Uri(path, UriKind.Relative), Ct)).Headers;

        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Answers_about_mail_are_kept_by_no_cache()
    {
        var answer = await gateway.CreateAdmin().GetAsync(new Uri("/v1/accounts", UriKind.Relative), Ct);

        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Https_is_remembered_by_the_browser()
    {
        var secure = await gateway.Server.SendAsync(context => (context.Request.Scheme, context.Request.Path) = ("https", "/health/live"), Ct);
        var plain = await gateway.Server.SendAsync(context => (context.Request.Scheme, context.Request.Path) = ("http", "/health/live"), Ct);

        Assert.Equal("max-age=31536000", secure.Response.Headers.StrictTransportSecurity);
        Assert.Equal("", plain.Response.Headers.StrictTransportSecurity.ToString());
    }
}
