using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Features.ApiKeys;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Http;

public sealed class AuthenticationTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static readonly Uri Accounts = new("/v1/accounts", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_without_credentials_is_told_how_to_authenticate()
    {
        var answer = await gateway.CreateStranger().GetAsync(Accounts, Ct);

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("Bearer gw_unknown")]
    [InlineData("Bearer")]
    [InlineData("Basic Z3c6Z3c=")]
    [InlineData(GatewayFactory.AdminKey)]
    public async Task Unknown_credentials_are_refused(string authorization)
    {
        var client = gateway.CreateStranger();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        await (await client.GetAsync(Accounts, Ct)).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Expired_key_is_refused()
    {
        var key = await gateway.Services.GetRequiredService<ApiKeys>()
            .CreateAsync("old", Scopes.All, null, TimeProvider.System.GetUtcNow().AddSeconds(-1), Ct);

        await (await gateway.CreateCaller(key).GetAsync(Accounts, Ct)).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Key_without_the_scope_is_refused()
    {
        var key = await gateway.CreateKeyAsync(Scopes.MailRead, null, Ct);
        var request = new { email = "ann@example.test", credentials = new { type = "password", password = "x" } };

        var answer = await gateway.CreateCaller(key).PostAsJsonAsync(Accounts, request, Ct);

        await answer.ProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
    }

    [Theory]
    [InlineData(Scopes.MailWrite, HttpStatusCode.Created)]
    [InlineData(Scopes.MailSend, HttpStatusCode.Created)]
    [InlineData(Scopes.MailRead, HttpStatusCode.Forbidden)]
    internal async Task Who_writes_drafts_or_sends_may_upload(Scopes scopes, HttpStatusCode expected)
    {
        var account = AccountId.Parse(await AddAsync($"{scopes}@example.test"), null);
        var client = gateway.CreateCaller(await gateway.CreateKeyAsync(scopes, [account], Ct));
        using var content = new ByteArrayContent([1, 2, 3]);

        using var answer = await client.PostAsync(new Uri("/v1/accounts/me/blobs", UriKind.Relative), content, Ct);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Account_out_of_reach_looks_like_one_that_does_not_exist()
    {
        var (own, other) = (await AddAsync("own@example.test"), await AddAsync("other@example.test"));
        var client = gateway.CreateCaller(await gateway.CreateKeyAsync(Scopes.MailRead, [AccountId.Parse(own, null)], Ct));

        var refused = await (await GetAsync(client, $"/v1/accounts/{other}")).ProblemAsync(HttpStatusCode.NotFound, "account-not-found");
        var unknown = await (await GetAsync(client, $"/v1/accounts/{AccountId.New(TimeProvider.System)}")).ProblemAsync(HttpStatusCode.NotFound, "account-not-found");

        refused.Remove("traceId");
        unknown.Remove("traceId");
        Assert.Equal(unknown.ToJsonString(), refused.ToJsonString());
    }

    [Theory]
    [InlineData("mailboxes")]
    [InlineData("messages?mailbox=x")]
    [InlineData("messages/x/raw")]
    [InlineData("submissions/x")]
    public async Task Everything_below_an_account_out_of_reach_is_out_of_reach(string below)
    {
        var (own, other) = (await AddAsync("own@example.test"), await AddAsync("other@example.test"));
        var client = gateway.CreateCaller(await gateway.CreateKeyAsync(Scopes.MailRead, [AccountId.Parse(own, null)], Ct));

        await (await GetAsync(client, $"/v1/accounts/{other}/{below}")).ProblemAsync(HttpStatusCode.NotFound, "account-not-found");
    }

    [Fact]
    public async Task Key_of_one_account_lists_only_that_and_may_call_it_me()
    {
        var own = await AddAsync("own@example.test");
        await AddAsync("other@example.test");
        var client = gateway.CreateCaller(await gateway.CreateKeyAsync(Scopes.MailRead, [AccountId.Parse(own, null)], Ct));

        var list = await client.GetFromJsonAsync<JsonObject>(Accounts, Ct);
        var me = await client.GetFromJsonAsync<JsonObject>("/v1/accounts/me", Ct);

        Assert.Equal([own], list!["items"]!.AsArray().Select(a => (string?)a!["id"]));
        Assert.Equal(own, (string?)me!["id"]);
    }

    [Fact]
    public async Task Key_that_reaches_every_account_has_no_me()
    {
        var problem = await (await GetAsync(gateway.CreateAdmin(), "/v1/accounts/me")).ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");

        Assert.Equal(["accountId"], problem.Parameters());
    }

    private Task<string> AddAsync(string email) => gateway.AddAccountAsync(email, "secret", Ct);

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) => client.GetAsync(new Uri(path, UriKind.Relative), Ct);
}
