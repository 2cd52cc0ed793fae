using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Http;

namespace Gateway.Tests.Submissions;

/// <summary>What a submission is refused for. None of it leaves a trace, so that one server does for all.</summary>
public sealed class RefusedSubmissionTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>, IAsyncLifetime
{
    private string _account = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Uri Submissions => new($"/v1/accounts/{_account}/submissions", UriKind.Relative);

    public async ValueTask InitializeAsync()
    {
        using var added = await gateway.CreateAdmin().PostAsJsonAsync("/v1/accounts?verify=false", new
        {
            email = "ann@example.test",
            credentials = new { type = "password", password = "secret" },
            smtp = new { host = "127.0.0.1", port = 1, security = "none" },
        }, Ct);
        _account = (string)(await added.Content.ReadFromJsonAsync<JsonObject>(Ct))!["id"]!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("""{"to":[{"address":"a@b.test","name":"x\r\nBcc: c@d.test"}]}""", "/to/0/name")]
    [InlineData("""{"to":[{"address":"a@b.test"},{"address":"a\r\n@b.test"}]}""", "/to/1/address")]
    [InlineData("""{"cc":[{"address":"\"a\r\nDATA\"@b.test"}]}""", "/cc/0/address")]
    [InlineData("""{"bcc":[{"address":"a@b.test>\nRCPT TO:<c@d.test"}]}""", "/bcc/0/address")]
    [InlineData("""{"bcc":[{"address":"a@b.test> <c@d.test"}]}""", "/bcc/0/address")]
    [InlineData("""{"to":[{"address":"a@b.test, c@d.test"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"Ann <a@b.test>"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"a"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":""}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"@b.test"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"a@"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"a(b)@c.test"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"<@x:a@c.test>"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"a\u0000@c.test"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"a\u0001@c.test"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"bücher@c.test"}]}""", "/to/0/address")]
    [InlineData("""{"to":[{"address":"a@b..test"}]}""", "/to/0/address")]
    [InlineData("""{"to":[null]}""", "/to/0")]
    [InlineData("""{"to":[]}""", "/to")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"replyTo":[{"address":"a b@c.test"}]}""", "/replyTo/0/address")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"from":{"address":"bob@example.test"}}""", "/from/address")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"from":{"address":"ann@example.test","name":"a\u0000"}}""", "/from/name")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"subject":"a\rb"}""", "/subject")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"text":"\u0000"}""", "/text")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"html":"a\u0000"}""", "/html")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"X-A":"a\nb"}}""", "/headers/X-A")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"X-A":null}}""", "/headers/X-A")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"X A":"a"}}""", "/headers/X A")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"X/~":"a\n"}}""", "/headers/X~1~0")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"":"a"}}""", "/headers/")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"bcc":"a@b.test"}}""", "/headers/bcc")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"MIME-version":"1"}}""", "/headers/MIME-version")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"Dkim-Signature":"x"}}""", "/headers/Dkim-Signature")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"Resent-Bcc":"x@y.test"}}""", "/headers/Resent-Bcc")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"headers":{"Content-type":"text/html"}}""", "/headers/Content-type")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[null]}""", "/attachments/0")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{}]}""", "/attachments/0")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","messageId":"1-1","partId":"1"}]}""", null)]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","fileName":"a\rb"}]}""", "/attachments/0/fileName")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","contentType":"text/html\r\nX: y"}]}""", "/attachments/0/contentType")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","contentType":"nonsense"}]}""", "/attachments/0/contentType")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","contentType":"multipart/mixed"}]}""", "/attachments/0/contentType")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","contentId":"<a>"}]}""", "/attachments/0/contentId")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","contentId":"a b"}]}""", "/attachments/0/contentId")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","contentId":"é"}]}""", "/attachments/0/contentId")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","contentId":""}]}""", "/attachments/0/contentId")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","contentId":"a\n"}]}""", "/attachments/0/contentId")]
    public async Task What_could_break_a_mail_is_refused_with_its_place(string request, string? pointer)
    {
        using var answer = await PostAsync(request);

        if (pointer is null)
        {
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity);
            return;
        }

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        Assert.Contains(pointer, problem.Pointers());
        Assert.Empty((await gateway.CreateAdmin().GetFromJsonAsync<JsonObject>(Submissions, Ct))!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"%%%"}]}""", "/attachments/0/content")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"inReplyTo":"x"}""", "/inReplyTo")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"nonsense":"RnJvbTo="}""", "/nonsense")]
    [InlineData("""{"to":[{"name":"a"}]}""", "/to/0")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"saveToSent":"yes"}""", "/saveToSent")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"text":"\ud800"}""", "/text")]
    [InlineData("""{"to":[{"address":"a@b.test"}],"attachments":[{"content":"","disposition":"hidden"}]}""", "/attachments/0/disposition")]
    public async Task What_cannot_be_read_is_refused_with_its_place(string request, string pointer)
    {
        using var answer = await PostAsync(request);

        Assert.Equal([pointer], (await answer.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request")).Pointers());
    }

    private async Task<HttpResponseMessage> PostAsync(string request)
    {
        using var body = new StringContent(request, Encoding.UTF8, "application/json");
        return await gateway.CreateAdmin().PostAsync(Submissions, body, Ct);
    }
}
