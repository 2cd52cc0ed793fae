using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Gateway.Tests.Http;

public sealed class MalformedRequestTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private const string Credentials = """ "credentials":{"type":"password","password":"x"} """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"email":""", "/email")]
    [InlineData("not json", "")]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("""{"email":"ann@example.test"}""", "")]
    [InlineData("""{"email":17}""", "/email")]
    [InlineData("""{"email":null}""", "/email")]
    [InlineData("""{"email":"ann@example.test","colour":"red"}""", "/colour")]
    [InlineData("""{"email":"ann@example.test","email":"bob@example.test"}""", "/email")]
    [InlineData("""{"imap":{"host":"h","port":"993","security":"tls"}}""", "/imap/port")]
    [InlineData("""{"imap":{"host":"h","port":993,"security":"ssl"}}""", "/imap/security")]
    [InlineData("""{"imap":{"host":"h","port":993,"security":0}}""", "/imap/security")]
    [InlineData("""{"imap":{"host":"h","port":993,"security":"tls","a/b~c":1}}""", "/imap/a~1b~0c")]
    public async Task Body_that_cannot_be_read_names_the_place(string body, string pointer)
    {
        var problem = await (await PostAsync(body)).ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");

        Assert.Equal([pointer], problem.Pointers().Select(p => p ?? ""));
    }

    [Fact]
    public async Task Body_nested_too_deep_is_refused()
    {
        var body = string.Concat(Enumerable.Repeat("""{"imap":""", 40)) + "1" + new string('}', 40);

        await (await PostAsync(body)).ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task Problem_never_names_a_type_of_ours()
    {
        var text = await (await PostAsync("""{"email":17}""")).Content.ReadAsStringAsync(Ct);

        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Gateway.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AccountRequest", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_fields_are_all_named_at_once()
    {
        var problem = await (await PostAsync($$"""
            {"email":"ann@example.test\r\nBcc: x",{{Credentials}},"displayName":"a\u0000b",
             "imap":{"host":"not a host","port":0,"security":"tls"},"smtp":{"host":"","port":65536,"security":"tls"} }
            """)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");

        Assert.Equal(["/displayName", "/email", "/imap/host", "/imap/port", "/smtp/host", "/smtp/port"], problem.Pointers().Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/v1/accounts/x", "accountId")]
    [InlineData("/v1/accounts/%0D%0A", "accountId")]
    [InlineData("/v1/accounts?limit=0", "limit")]
    [InlineData("/v1/accounts?limit=201", "limit")]
    [InlineData("/v1/accounts?limit=many", "limit")]
    [InlineData("/v1/accounts?limit=99999999999", "limit")]
    public async Task Malformed_parameter_is_named(string path, string parameter)
    {
        var problem = await (await gateway.CreateAdmin().GetAsync(new Uri(path, UriKind.Relative), Ct)).ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");

        Assert.Equal([parameter], problem.Parameters());
    }

    [Theory]
    [InlineData("mailboxes/../messages?mailbox=x", "mailbox")]
    [InlineData("messages?role=king", "role")]
    [InlineData("messages?mailbox=bytes=9-1", "mailbox")]
    [InlineData("messages/x", "messageId")]
    [InlineData("messages/m===", "messageId")]
    [InlineData("messages/x/raw", "messageId")]
    [InlineData("messages/x/attachments/1", "messageId")]
    public async Task Malformed_id_below_an_account_is_named(string below, string parameter)
    {
        var account = await gateway.AddAccountAsync("ann@example.test", "secret", Ct);

        var answer = await gateway.CreateAdmin().GetAsync(new Uri($"/v1/accounts/{account}/{below}", UriKind.Relative), Ct);

        Assert.Equal([parameter], (await answer.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request")).Parameters());
    }

    [Fact]
    public async Task Cursor_of_someone_elses_making_is_refused()
    {
        var answer = await gateway.CreateAdmin().GetAsync(new Uri("/v1/accounts?cursor=abc", UriKind.Relative), Ct);

        Assert.Equal(["cursor"], (await answer.ProblemAsync(HttpStatusCode.BadRequest, "malformed-cursor")).Parameters());
    }

    [Fact]
    public async Task Unknown_path_is_a_problem() =>
        await (await gateway.CreateAdmin().GetAsync(new Uri("/v1/nothing", UriKind.Relative), Ct)).ProblemAsync(HttpStatusCode.NotFound, "http-error");

    [Fact]
    public async Task Method_the_path_does_not_know_is_a_problem()
    {
        var answer = await gateway.CreateAdmin().PutAsJsonAsync("/v1/accounts", new { }, Ct);

        await answer.ProblemAsync(HttpStatusCode.MethodNotAllowed, "http-error");
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Body_that_is_not_json_is_a_problem()
    {
        using var form = new FormUrlEncodedContent([new("email", "ann@example.test")]);

        await (await gateway.CreateAdmin().PostAsync(new Uri("/v1/accounts", UriKind.Relative), form, Ct)).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "http-error");
    }

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await gateway.CreateAdmin().PostAsync(new Uri("/v1/accounts?verify=false", UriKind.Relative), content, Ct);
    }
}
