using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Http;

/// <summary>A POST that comes again under its key is answered as before, and does nothing again.</summary>
public sealed class IdempotencyTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>, IAsyncLifetime
{
    private KeyedRequests _requests = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _requests = new(() => gateway.CreateAdmin());
        await _requests.AddOwnAccountAsync();
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_repeat_gets_the_same_answer_and_nothing_is_done_again()
    {
        using var first = await _requests.AddIdentityAsync("key", "Ann");
        using var again = await _requests.AddIdentityAsync("key", "Ann");

        Assert.Equal(await KeyedRequests.WholeAsync(first), await KeyedRequests.WholeAsync(again));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.NotNull(again.Headers.Location);
        Assert.Single(await _requests.IdentitiesAsync());
    }

    [Fact]
    public async Task A_secret_that_is_told_once_is_told_again_to_a_repeat_and_lies_open_nowhere()
    {
        using var first = await _requests.PostAsync("/v1/webhooks", "secret", """{"url":"https://127.0.0.1:1/","enabled":false}""");
        using var again = await _requests.PostAsync("/v1/webhooks", "secret", """{"url":"https://127.0.0.1:1/","enabled":false}""");

        Assert.Equal(await KeyedRequests.WholeAsync(first), await KeyedRequests.WholeAsync(again));
        var secret = (string)(await again.Content.ReadFromJsonAsync<JsonObject>(Ct))!["secret"]!;
        foreach (var path in Directory.EnumerateFiles(gateway.Data, "gateway.db*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, Ct);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='))) < 0);
        }
    }

    [Theory]
    [InlineData("identities", """{"address":"ann@example.test","name":"Bob"}""")]
    [InlineData("identities", """{"address":"ann@example.test","name":"Ann"} """)]
    [InlineData("identities", """{"address":"ann@example.test","name":"An"}""")]
    [InlineData("identities?x=1", """{"address":"ann@example.test","name":"Ann"}""")]
    [InlineData("templates", """{"address":"ann@example.test","name":"Ann"}""")]
    public async Task Another_request_under_the_same_key_is_refused(string path, string body)
    {
        using var first = await _requests.AddIdentityAsync("key", "Ann");

        using var other = await _requests.PostAsync($"/v1/accounts/{_requests.Account}/{path}", "key", body);

        await other.ProblemAsync(HttpStatusCode.Conflict, "idempotency-key-reused");
        Assert.Single(await _requests.IdentitiesAsync());
    }

    [Fact]
    public async Task Requests_at_the_same_time_are_done_once()
    {

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _requests.AddIdentityAsync("key", "Ann")));

        Assert.Single((await Task.WhenAll(answers.Select(KeyedRequests.WholeAsync))).Distinct());
        Assert.Single(await _requests.IdentitiesAsync());
    }

    [Fact]
    public async Task Two_callers_and_two_accounts_do_not_meet()
    {
        var (key, other) = (await gateway.CreateKeyAsync(Scopes.All, null, Ct), await _requests.AddAccountAsync("bob@example.test"));

        using var mine = await _requests.AddIdentityAsync("key", "Ann");
        using var theirs = await _requests.PostAsync($"/v1/accounts/{_requests.Account}/identities", "key", KeyedRequests.Identity("Carl"), gateway.CreateCaller(key));
        using var elsewhere = await _requests.PostAsync($"/v1/accounts/{other}/identities", "key", """{"address":"bob@example.test","name":"Bob"}""");

        Assert.All([mine, theirs, elsewhere], answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(["Ann", "Carl"], (await _requests.IdentitiesAsync()).Select(i => (string?)i!["name"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_callers_who_submit_under_the_same_key_do_not_meet_either()
    {
        var account = _requests.Account;
        var key = await gateway.CreateKeyAsync(Scopes.All, null, Ct);
        const string mail = """{"to":[{"address":"to@example.test"}],"text":"Hi","hold":true}""";

        using var mine = await _requests.PostAsync($"/v1/accounts/{account}/submissions", "key", mail);
        using var theirs = await _requests.PostAsync($"/v1/accounts/{account}/submissions", "key", mail, gateway.CreateCaller(key));

        Assert.NotEqual(await KeyedRequests.WholeAsync(mine), await KeyedRequests.WholeAsync(theirs));
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (mine.StatusCode, theirs.StatusCode));
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        using var refused = await _requests.AddIdentityAsync("key", "An\\nn");

        using var mended = await _requests.AddIdentityAsync("key", "Ann");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created), (refused.StatusCode, mended.StatusCode));
    }

    [Fact]
    public async Task An_upload_is_bound_to_its_bytes()
    {
        var account = _requests.Account;
        var file = new byte[3_000_000];
        Random.Shared.NextBytes(file);

        using var first = await UploadAsync(account, file);
        using var again = await UploadAsync(account, file, chunked: true);
        file[^1]++;
        using var other = await UploadAsync(account, file, chunked: true);
        using var longer = await UploadAsync(account, [.. file, 0]);

        Assert.Equal((HttpStatusCode.Created, await KeyedRequests.WholeAsync(first)), (again.StatusCode, await KeyedRequests.WholeAsync(again)));
        Assert.Equal("?1", Assert.Single(again.Headers.GetValues("Upload-Complete")));
        await other.ProblemAsync(HttpStatusCode.Conflict, "idempotency-key-reused");
        await longer.ProblemAsync(HttpStatusCode.Conflict, "idempotency-key-reused");
        await using var db = await gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(Ct);
        Assert.Equal(1, await db.Blobs.CountAsync(b => b.Account == AccountId.Parse(account, null), Ct));
    }

    [Fact]
    public async Task An_answer_too_long_to_be_kept_is_not_given_again_and_nothing_is_done_again()
    {
        var account = _requests.Account;
        var body = JsonSerializer.Serialize(new { text = "{{ a }}", html = "{{ a }}", data = new { a = new string('a', 600_000) } });

        using var first = await _requests.PostAsync($"/v1/accounts/{account}/templates/preview", "key", body);
        using var again = await _requests.PostAsync($"/v1/accounts/{account}/templates/preview", "key", body);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await again.ProblemAsync(HttpStatusCode.Conflict, "answer-not-kept");
    }

    [Fact]
    public async Task A_key_has_255_characters_at_most()
    {
        using var longest = await _requests.AddIdentityAsync(new string('k', 255), "Ann");
        using var longer = await _requests.AddIdentityAsync(new string('k', 256), "Ann");

        Assert.Equal(HttpStatusCode.Created, longest.StatusCode);
        Assert.Equal(["Idempotency-Key"], (await longer.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request")).Parameters());
    }

    [Fact]
    public async Task Nobody_without_a_key_of_ours_is_looked_after()
    {
        using var answer = await _requests.PostAsync("/v1/accounts", "key", "{}", gateway.CreateStranger());
        using var nothing = await _requests.PostAsync("/v1/events", "key", "{}", gateway.CreateStranger());

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, nothing.StatusCode);
    }

    private Task<HttpResponseMessage> UploadAsync(string account, byte[] file, bool chunked = false) =>
        _requests.SendAsync($"/v1/accounts/{account}/blobs?fileName=a", "key", chunked ? new StreamContent(new Unsized(file)) : new ByteArrayContent(file), Ct);

    /// <summary>Cannot tell its length, so that it is sent in chunks.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
