using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Features.Session;
using Gateway.Mail;
using Gateway.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Session;

/// <summary>A session that reaches several accounts reaches those and no other, for as long as they are in it.</summary>
public sealed class SessionAccountsTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Sessions Sessions => gateway.Services.GetRequiredService<Sessions>();

    [Fact]
    public async Task An_added_account_is_within_reach_and_me_stays_the_first()
    {
        var (ann, bob, eve) = (await AccountAsync("ann"), await AccountAsync("bob"), await AccountAsync("eve"));
        var (page, session) = await OpenAsync(ann);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(page, bob));
        Assert.True(await Sessions.AddAsync(session, bob, Ct));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (await StatusAsync(page, ann), await StatusAsync(page, bob), await StatusAsync(page, eve)));
        Assert.Equal($"{ann}", (string?)(await page.GetFromJsonAsync<JsonObject>("/v1/accounts/me", Ct))!["id"]);
        var answer = await page.GetFromJsonAsync<JsonObject>("/v1/session", Ct);
        Assert.Equal([$"{ann}", $"{bob}"], answer!["accounts"]!.AsArray().Select(a => (string?)a!["id"]));
    }

    [Fact]
    public async Task Another_session_of_the_same_person_does_not_reach_it()
    {
        var (ann, bob) = (await AccountAsync("ann"), await AccountAsync("bob"));
        var (_, session) = await OpenAsync(ann);
        var (other, _) = await OpenAsync(ann);

        await Sessions.AddAsync(session, bob, Ct);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, bob));
    }

    [Fact]
    public async Task An_account_taken_out_is_out_of_reach_at_once_and_its_followers_are_ended()
    {
        var (ann, bob) = (await AccountAsync("ann"), await AccountAsync("bob"));
        var (page, session) = await OpenAsync(ann);
        await Sessions.AddAsync(session, bob, Ct);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(page, bob));
        var ended = new List<Guid>();
        Sessions.Closed += ended.Add;

        using var answer = await SendAsync(page, HttpMethod.Delete, $"/v1/session/accounts/{bob}");
        using var again = await SendAsync(page, HttpMethod.Delete, $"/v1/session/accounts/{bob}");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await again.ProblemAsync(HttpStatusCode.NotFound, "account-not-found");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await StatusAsync(page, ann), await StatusAsync(page, bob)));
        Assert.Contains(session, ended);
    }

    [Fact]
    public async Task Signing_out_everywhere_also_takes_the_account_out_of_other_peoples_sessions()
    {
        var (ann, bob) = (await AccountAsync("ann"), await AccountAsync("bob"));
        var (page, session) = await OpenAsync(ann);
        await Sessions.AddAsync(session, bob, Ct);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(page, bob));
        var (owner, _) = await OpenAsync(bob);

        using var answer = await SendAsync(owner, HttpMethod.Delete, "/v1/sessions");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK), (await StatusAsync(page, ann), await StatusAsync(page, bob), await StatusAsync(owner, bob)));
    }

    [Fact]
    public async Task Signing_out_ends_the_reach_of_every_account()
    {
        var (ann, bob) = (await AccountAsync("ann"), await AccountAsync("bob"));
        var (page, session) = await OpenAsync(ann);
        await Sessions.AddAsync(session, bob, Ct);

        using var answer = await SendAsync(page, HttpMethod.Delete, "/v1/session");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await StatusAsync(page, ann), await StatusAsync(page, bob)));
    }

    [Fact]
    public async Task A_session_takes_ten_accounts_and_no_more()
    {
        var (_, session) = await OpenAsync(await AccountAsync("ann"));
        for (var i = 1; i < Sessions.MaxAccounts; i++) { Assert.True(await Sessions.AddAsync(session, await AccountAsync($"b{i}"), Ct)); }

        Assert.False(await Sessions.AddAsync(session, await AccountAsync("one-more"), Ct));
    }

    [Fact]
    public async Task Sessions_are_listed_for_their_owner_alone_and_signed_out_one_by_one()
    {
        var (ann, bob) = (await AccountAsync("ann"), await AccountAsync("bob"));
        var (page, session) = await OpenAsync(ann, "Firefox");
        var (other, otherSession) = await OpenAsync(ann, new string('x', 1000));
        var (_, stranger) = await OpenAsync(bob);

        var list = (await page.GetFromJsonAsync<JsonObject>("/v1/sessions", Ct))!["items"]!.AsArray();
        using var foreign = await SendAsync(page, HttpMethod.Delete, $"/v1/sessions/{stranger:N}");
        using var mine = await SendAsync(page, HttpMethod.Delete, $"/v1/sessions/{otherSession:N}");

        Assert.Equal(
            [($"{session:N}", "Firefox", true), ($"{otherSession:N}", new string('x', 300), false)],
            list.Select(s => ((string)s!["id"]!, (string)s["userAgent"]!, (bool)s["isCurrent"]!)).OrderByDescending(s => s.Item3));
        await foreign.ProblemAsync(HttpStatusCode.NotFound, "session-not-found");
        Assert.Equal(HttpStatusCode.NoContent, mine.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await StatusAsync(page, ann), await StatusAsync(other, ann)));
    }

    [Fact]
    public async Task An_api_key_has_no_session_to_add_to_or_to_list()
    {
        var key = gateway.CreateAdmin();

        using var added = await key.PostAsJsonAsync("/v1/session/accounts", new { email = "ann@example.test", password = "secret" }, Ct);
        using var listed = await key.GetAsync(new Uri("/v1/sessions", UriKind.Relative), Ct);

        await added.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await listed.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private async Task<AccountId> AccountAsync(string name) => AccountId.Parse(await gateway.AddAccountAsync($"{name}@example.test", "secret", Ct), null);

    private async Task<(HttpClient Page, Guid Session)> OpenAsync(AccountId account, string? userAgent = null)
    {
        var secret = await Sessions.OpenAsync(account, userAgent, Ct);
        var page = gateway.CreateStranger();
        page.DefaultRequestHeaders.Add("Cookie", "gateway-session=" + secret);
        page.DefaultRequestHeaders.Add(AntiforgeryToken.Header, AntiforgeryToken.For(secret));
        return (page, (await Sessions.FindAsync(secret, Ct))!.Session!.Value);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient page, AccountId account)
    {
        using var answer = await page.GetAsync(new Uri($"/v1/accounts/{account}", UriKind.Relative), Ct);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient page, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await page.SendAsync(request, Ct);
    }
}
