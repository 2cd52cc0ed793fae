using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Features.Session;
using Gateway.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Http;

public sealed class SessionGuardTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>, IAsyncLifetime
{
    private HttpClient _page = null!;
    private string _account = "";
    private string _token = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _account = await gateway.AddAccountAsync("ann@example.test", "secret", Ct);
        var secret = await gateway.Services.GetRequiredService<Sessions>().OpenAsync(AccountId.Parse(_account, null), userAgent: null, Ct);
        _page = gateway.CreateStranger();
        _page.DefaultRequestHeaders.Add("Cookie", "gateway-session=" + secret);
        _token = (string)(await _page.GetFromJsonAsync<JsonObject>("/v1/session", Ct))!["antiforgeryToken"]!;
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Session_reaches_its_own_account_alone()
    {
        var other = await gateway.AddAccountAsync("bob@example.test", "secret", Ct);

        Assert.Equal(_account, (string?)(await _page.GetFromJsonAsync<JsonObject>("/v1/accounts/me", Ct))!["id"]);
        await (await _page.GetAsync(new Uri($"/v1/accounts/{other}", UriKind.Relative), Ct)).ProblemAsync(HttpStatusCode.NotFound, "account-not-found");
    }

    [Fact]
    public async Task Session_may_not_add_accounts()
    {
        using var request = Unsafe(HttpMethod.Post, "/v1/accounts", _token);

        await (await _page.SendAsync(request, Ct)).ProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
    }

    [Fact]
    public async Task Session_may_have_its_own_account_forgotten_and_ends_with_it()
    {
        using var request = Unsafe(HttpMethod.Delete, "/v1/accounts/me", _token);

        using var answer = await _page.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await (await _page.GetAsync(new Uri("/v1/session", UriKind.Relative), Ct)).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("POST", "/v1/accounts/me/submissions")]
    [InlineData("PATCH", "/v1/accounts/me/messages/x")]
    [InlineData("DELETE", "/v1/accounts/me/messages/x")]
    [InlineData("DELETE", "/v1/session")]
    public async Task Unsafe_request_without_the_token_is_refused(string method, string path)
    {
        using var bare = Unsafe(new(method), path, token: null);
        using var wrong = Unsafe(new(method), path, _token[..^1] + (_token[^1] == 'A' ? 'B' : 'A'));

        await (await _page.SendAsync(bare, Ct)).ProblemAsync(HttpStatusCode.Forbidden, "antiforgery-failed");
        await (await _page.SendAsync(wrong, Ct)).ProblemAsync(HttpStatusCode.Forbidden, "antiforgery-failed");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:81")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task Token_from_another_origin_is_refused(string header, string value)
    {
        using var request = Unsafe(HttpMethod.Delete, "/v1/session", _token);
        request.Headers.Add(header, value);

        await (await _page.SendAsync(request, Ct)).ProblemAsync(HttpStatusCode.Forbidden, "antiforgery-failed");
    }

    [Fact]
    public async Task Own_page_signs_out_and_the_session_is_over()
    {
        using var request = Unsafe(HttpMethod.Delete, "/v1/session", _token);
        request.Headers.Add("Origin", "http://localhost");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        var answer = await _page.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains("gateway-session=; expires=Thu, 01 Jan 1970", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        await (await _page.GetAsync(new Uri("/v1/session", UriKind.Relative), Ct)).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Hub_opens_for_its_own_origin_alone()
    {
        using var own = Unsafe(HttpMethod.Post, "/hubs/events/negotiate?negotiateVersion=1", token: null);
        own.Headers.Add("Origin", "http://localhost");
        using var foreign = Unsafe(HttpMethod.Post, "/hubs/events/negotiate?negotiateVersion=1", token: null);
        foreign.Headers.Add("Origin", "https://evil.example");

        Assert.Equal(HttpStatusCode.OK, (await _page.SendAsync(own, Ct)).StatusCode);
        await (await _page.SendAsync(foreign, Ct)).ProblemAsync(HttpStatusCode.Forbidden, "foreign-origin");
    }

    [Fact]
    public async Task Api_key_needs_no_token()
    {
        using var request = Unsafe(HttpMethod.Delete, "/v1/accounts/" + _account, token: null);
        request.Headers.Add("Origin", "https://app.example");

        Assert.Equal(HttpStatusCode.NoContent, (await gateway.CreateAdmin().SendAsync(request, Ct)).StatusCode);
    }

    [Fact]
    public async Task Session_ends_with_its_account()
    {
        await gateway.CreateAdmin().DeleteAsync(new Uri("/v1/accounts/" + _account, UriKind.Relative), Ct);

        await (await _page.GetAsync(new Uri("/v1/session", UriKind.Relative), Ct)).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private static HttpRequestMessage Unsafe(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (method != HttpMethod.Delete) { request.Content = JsonContent.Create(new { }); }

        if (token is not null) { request.Headers.Add("X-Antiforgery-Token", token); }

        return request;
    }
}
