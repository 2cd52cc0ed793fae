using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Http;

namespace Gateway.Tests.Http;

internal static class Answers
{
    /// <summary>Holds the answer to be this problem in every respect that all problems share, and returns it.</summary>
    public static async Task<JsonObject> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal((int)status, (int?)problem["status"]);
        Assert.Equal(ProblemKind.TypePrefix + code, (string?)problem["type"]);
        Assert.NotEqual("", (string?)problem["title"]);
        Assert.NotEqual("", (string?)problem["detail"]);
        Assert.Matches("^[0-9a-f]{32}$", (string?)problem["traceId"]);
        return problem;
    }

    /// <summary>The JSON pointers of the fields at fault.</summary>
    public static IEnumerable<string?> Pointers(this JsonObject problem) => problem["errors"]!.AsArray().Select(e => (string?)e!["pointer"]);

    /// <summary>The parameters at fault.</summary>
    public static IEnumerable<string?> Parameters(this JsonObject problem) => problem["errors"]!.AsArray().Select(e => (string?)e!["parameter"]);
}
