using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Http;

/// <summary>What depends on where a request comes from and over what.</summary>
public sealed class TransportTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static readonly byte[] Request = Encoding.UTF8.GetBytes("""{"email":"ann@example.test","password":"x"}""");

    private static readonly IPAddress Outside = IPAddress.Parse("192.0.2.7");

    [Fact]
    public async Task Password_over_plain_http_from_elsewhere_is_refused() => Assert.Equal("https-required", await SignInAsync(Outside));

    [Fact]
    public async Task Stranger_cannot_claim_to_be_loopback_or_https()
    {
        Assert.Equal("https-required", await SignInAsync(Outside, ("X-Forwarded-For", "127.0.0.1")));
        Assert.Equal("https-required", await SignInAsync(Outside, ("X-Forwarded-Proto", "https")));
    }

    [Fact]
    public async Task Password_over_https_or_a_proxy_that_ends_it_is_taken()
    {
        Assert.Equal("discovery-failed", await SignInAsync(Outside, https: true));
        Assert.Equal("discovery-failed", await SignInAsync(IPAddress.Loopback, ("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "https")));
        Assert.Equal("https-required", await SignInAsync(IPAddress.Loopback, ("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "http")));
    }

    [Fact]
    public async Task Password_from_this_machine_is_taken() => Assert.Equal("discovery-failed", await SignInAsync(IPAddress.Loopback));

    private Task<string?> SignInAsync(IPAddress from, params (string Name, string Value)[] headers) => SignInAsync(from, https: false, headers);

    private async Task<string?> SignInAsync(IPAddress from, bool https, params (string Name, string Value)[] headers)
    {
        var answer = await gateway.Server.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = from;
            context.Request.Scheme = https ? "https" : "http";
            context.Request.Method = HttpMethods.Post;
            context.Request.Path = "/v1/session";
            context.Request.ContentType = "application/json";
            context.Request.Body = new MemoryStream(Request);
            context.Features.Set<IHttpRequestBodyDetectionFeature>(new WithBody());
            foreach (var (name, value) in headers) { context.Request.Headers[name] = value; }
        }, TestContext.Current.CancellationToken);
        return (string?)(await JsonNode.ParseAsync(answer.Response.Body, cancellationToken: TestContext.Current.CancellationToken))!["code"];
    }

    private sealed class WithBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
