using System.Net;
using System.Text.Json.Nodes;
using Gateway.Storage;
using Gateway.Tests.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Submissions;

/// <summary>How much a submission may hold, and how a repeated one is known.</summary>
public sealed class SubmitMessageTests : IAsyncDisposable
{
    private readonly SendingGateway _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Null_is_the_default_as_generated_clients_write_it()
    {
        using var answer = await PostAsync("""
            {"to":[{"address":"a@b.test","name":null}],"cc":null,"bcc":null,"replyTo":null,"from":null,"subject":null,"text":null,"html":null,
             "attachments":[{"content":"YQ==","fileName":null,"contentType":null,"messageId":null,"partId":null,"contentId":null,"disposition":null}],
             "inReplyTo":null,"headers":null,"saveToSent":null}
            """);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await using var db = await _gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(Ct);
        Assert.True((await db.Submissions.SingleAsync(Ct)).SaveToSent);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        using var answer = await PostAsync("""{"to":[{"address":"x"}],"subject":"a\nb","text":"\u0000","headers":{"To":"x"},"attachments":[{}]}""");

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        Assert.Equal(["/to/0/address", "/subject", "/text", "/headers/To", "/attachments/0"], problem.Pointers());
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public async Task Recipients_are_limited(int count, bool taken) =>
        await IsTakenAsync(new() { ["to"] = SendingGateway.Addresses([.. Enumerable.Range(0, count).Select(i => $"to{i}@example.test")]) }, taken);

    [Theory]
    [InlineData(4000, true)]
    [InlineData(4001, false)]
    public async Task Subject_is_limited(int length, bool taken) => await IsTakenAsync(new() { ["subject"] = new string('a', length) }, taken);

    [Theory]
    [InlineData(50, 2048, true)]
    [InlineData(51, 1, false)]
    [InlineData(1, 2049, false)]
    public async Task Further_headers_are_limited(int count, int length, bool taken) => await IsTakenAsync(
        new() { ["headers"] = new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create<string, JsonNode?>($"X-{i}", new string('a', length)))) }, taken);

    [Fact]
    public async Task Account_without_an_smtp_server_cannot_send()
    {
        await using var gateway = new GatewayFactory();
        var account = await gateway.AddAccountAsync("ann@example.test", "secret", Ct);

        using var answer = await gateway.CreateAdmin().PostAsync(new Uri($"/v1/accounts/{account}/submissions", UriKind.Relative), Json("""{"to":[{"address":"a@b.test"}]}"""), Ct);

        await answer.ProblemAsync(HttpStatusCode.Conflict, "not-configured");
    }

    [Fact]
    public async Task Same_key_at_the_same_time_is_one_submission()
    {
        var account = await _gateway.AddAccountAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _gateway.PostAsync(account, Mail("Once"), "key")));

        var bodies = await Task.WhenAll(answers.Select(async a => JsonNode.Parse(await a.Content.ReadAsStringAsync(Ct))!));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        var id = Assert.Single(bodies.Select(b => (string?)b["id"]).Distinct());
        Assert.All(answers, answer => Assert.EndsWith(id!, answer.Headers.Location!.ToString(), StringComparison.Ordinal));
        await _gateway.ReachedAsync(account, id!, "sent");
        Assert.Single(_gateway.Smtp.Mails);
    }

    [Fact]
    public async Task Key_belongs_to_its_account_and_its_body()
    {
        var (ann, bob) = (await _gateway.AddAccountAsync(), await _gateway.AddAccountAsync("bob@example.test"));
        using var first = await _gateway.PostAsync(ann, Mail("One"), "key");

        using var elsewhere = await _gateway.PostAsync(bob, Mail("Two"), "key");
        using var reused = await _gateway.PostAsync(ann, Mail("Two"), "key");

        Assert.Equal(HttpStatusCode.Accepted, elsewhere.StatusCode);
        await reused.ProblemAsync(HttpStatusCode.Conflict, "idempotency-key-reused");
    }

    [Fact]
    public async Task Refused_request_leaves_its_key_free()
    {
        var account = await _gateway.AddAccountAsync();
        using var refused = await _gateway.PostAsync(account, new JsonObject { ["subject"] = "nobody" }, "key");

        using var mended = await _gateway.PostAsync(account, Mail("Mended"), "key");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Accepted), (refused.StatusCode, mended.StatusCode));
    }

    [Fact]
    public async Task Key_has_1_to_255_characters()
    {
        var account = await _gateway.AddAccountAsync();
        using var longest = await _gateway.PostAsync(account, Mail("a"), new string('k', 255));
        using var tooLong = await _gateway.PostAsync(account, Mail("a"), new string('k', 256));

        Assert.Equal(HttpStatusCode.Accepted, longest.StatusCode);
        Assert.Equal(["Idempotency-Key"], (await tooLong.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request")).Parameters());
    }

    private static JsonObject Mail(string subject) => new() { ["to"] = SendingGateway.Addresses("to@example.test"), ["subject"] = subject, ["saveToSent"] = false };

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    private async Task<HttpResponseMessage> PostAsync(string request) => await _gateway.PostAsync(await _gateway.AddAccountAsync(), Json(request));

    private async Task IsTakenAsync(JsonObject request, bool taken)
    {
        request["to"] ??= SendingGateway.Addresses("to@example.test");
        using var answer = await _gateway.PostAsync(await _gateway.AddAccountAsync(), request);
        Assert.Equal(taken ? HttpStatusCode.Accepted : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }
}
