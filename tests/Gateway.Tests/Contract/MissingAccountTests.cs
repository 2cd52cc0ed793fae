using System.Net;
using System.Net.Http.Json;
using Gateway.Mail;
using Gateway.Tests.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Contract;

public sealed class MissingAccountTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private static readonly MailboxId AnyMailbox = new(1);

    private static readonly Dictionary<string, string> Ids = new(StringComparer.Ordinal)
    {
        ["accountId"] = $"{AccountId.New(TimeProvider.System)}", ["messageId"] = $"{new MessageKey(AnyMailbox, 1)}", ["partId"] = "1", ["mailboxId"] = $"{AnyMailbox}",
        ["submissionId"] = $"{Guid.NewGuid():N}", ["identityId"] = $"{Guid.NewGuid():N}", ["templateId"] = $"{Guid.NewGuid():N}", ["blobId"] = $"{Guid.NewGuid():N}", ["threadId"] = "t0123456789abcdef", ["draftId"] = $"{new MessageKey(AnyMailbox, 1)}",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_on_an_account_that_is_not_there_says_so_with_one_code()
    {
        var operations = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("v1/accounts/{accountId}", StringComparison.Ordinal)).ToList();

        Assert.True(operations.Count >= 9, $"{operations.Count} operations");
        foreach (var operation in operations)
        {
            using var answer = await gateway.CreateAdmin().SendAsync(RequestFor(operation), Ct);

            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{operation.DisplayName}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
            await answer.ProblemAsync(HttpStatusCode.NotFound, "account-not-found");
        }
    }

    private static HttpRequestMessage RequestFor(RouteEndpoint operation)
    {
        var path = operation.RoutePattern.RawText!.TrimEnd('/');
        foreach (var parameter in operation.RoutePattern.Parameters) { path = path.Replace($"{{{parameter.Name}}}", Ids[parameter.Name], StringComparison.Ordinal); }

        var method = operation.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
        return new(new(method), new Uri($"{path}?mailbox={AnyMailbox}&url=x", UriKind.Relative))
        {
            Headers = { { "Upload-Offset", "0" } },
            Content = operation.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts ? BodyFor(path, accepts.ContentTypes[0]) : null,
        };
    }

    private static HttpContent BodyFor(string path, string type) =>
        type != "application/json" ? new StringContent("Subject: x\r\n\r\n", new System.Net.Http.Headers.MediaTypeHeaderValue(type))
        : path.EndsWith("/batch", StringComparison.Ordinal) ? JsonContent.Create(new { ids = new[] { Ids["messageId"] }, action = new { flags = new { add = new[] { "seen" } } } })
        : path.EndsWith("/mailboxes", StringComparison.Ordinal) ? JsonContent.Create(new { name = "x" })
        : path.Contains("/identities", StringComparison.Ordinal) ? JsonContent.Create(new { address = "a@example.test" })
        : path.Contains("/templates", StringComparison.Ordinal) ? (path.EndsWith("/preview", StringComparison.Ordinal) ? JsonContent.Create(new { text = "x" }) : JsonContent.Create(new { name = "x", text = "x" }))
        : path.EndsWith("/settings", StringComparison.Ordinal) ? JsonContent.Create(new { values = new { } })
        : path.EndsWith("/merge", StringComparison.Ordinal) ? JsonContent.Create(new { template = new { id = "x" }, recipients = new[] { new { to = new { address = "a@example.test" } } } })
        : path.Contains("/threads", StringComparison.Ordinal) ? JsonContent.Create(new { flags = new { add = new[] { "seen" } } })
        : JsonContent.Create(new { });
}
