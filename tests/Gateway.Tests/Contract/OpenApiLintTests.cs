using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Contract;

/// <summary>What a reader or a generator of the document can rely on.</summary>
public sealed class OpenApiLintTests
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(RepositoryFiles.Path("openapi/gateway.v1.json")))!;

    private static readonly KeyValuePair<string, JsonNode?>[] Schemas = [.. Document["components"]!["schemas"]!.AsObject()];

    private static readonly string[] WithExample =
        ["AccountLimits", "AccountRequest", "DraftRequest", "IdentityRequest", "MailEvent", "MailboxRequest", "Message", "MessageBatch", "MessageRow", "MessageUpdate", "Problem", "PushSubscriptionRequest", "Settings", "SignInRequest", "Submission", "SubmissionRequest", "TemplateRequest", "WebhookRequest"];

    private static IEnumerable<(string Id, JsonNode Operation)> Operations =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ((string?)operation.Value!["operationId"] ?? $"{operation.Key} {path.Key}", operation.Value!);

    [Fact]
    public void Every_operation_has_a_summary_an_id_and_a_tag() => Assert.All(Operations, operation =>
    {
        Assert.Matches("^([A-Z][a-z]+)+$", operation.Id);
        Assert.False(string.IsNullOrWhiteSpace((string?)operation.Operation["summary"]), operation.Id);
        Assert.Single(operation.Operation["tags"]!.AsArray());
    });

    [Fact]
    public void Every_parameter_is_described() => Assert.Empty(
        from operation in Operations
        from parameter in operation.Operation["parameters"]?.AsArray() ?? []
        where string.IsNullOrWhiteSpace((string?)parameter["description"])
        select $"{operation.Id}: {parameter["name"]}");

    [Fact]
    public void Every_refusal_is_a_problem() => Assert.Empty(
        from operation in Operations
        from response in operation.Operation["responses"]!.AsObject()
        where response.Key[0] == '4'
        let content = response.Value!["content"]?.AsObject()
        where content is not { Count: 1 } || (string?)content["application/problem+json"]?["schema"]?["$ref"] != "#/components/schemas/Problem"
        select $"{operation.Id}: {response.Key}");

    [Fact]
    public void Every_schema_and_every_property_is_described() => Assert.Empty(
        Schemas.Where(s => IsSilent(s.Value)).Select(s => s.Key).Concat(
            from schema in Schemas
            from property in schema.Value!["properties"]?.AsObject() ?? []
            where IsSilent(property.Value)
            select $"{schema.Key}.{property.Key}"));

    [Fact]
    public void Every_object_with_properties_has_a_name() => Assert.Empty(
        from node in Everything(Document, "")
        where node.Node is JsonObject found && found["properties"] is JsonObject && !Regex.IsMatch(node.Pointer, "^/components/schemas/[^/]+$")
        select node.Pointer);

    [Fact]
    public void Every_component_is_used()
    {
        var used = Everything(Document, "").Select(n => n.Node).OfType<JsonObject>().Select(n => n["$ref"]).OfType<JsonValue>().Select(r => ((string)r!).Split('/')[^1]).ToHashSet();

        Assert.Empty(Schemas.Select(s => s.Key).Except(used));
        Assert.Empty(used.Except(Schemas.Select(s => s.Key)));
    }

    [Fact]
    public void Examples_are_true()
    {
        var check = new SchemaCheck(Document);
        var shown = Schemas.Where(s => s.Value!["example"] is not null).ToList();

        Assert.Equal(WithExample, shown.Select(s => s.Key).Order(StringComparer.Ordinal));
        Assert.All(shown, schema => Assert.Equal([], check.Faults(schema.Value!["example"], schema.Value!)));
    }

    [Theory]
    [InlineData("MessageRow", "/size", "\"many\"", "is no integer")]
    [InlineData("MessageRow", "/size", null, "is null")]
    [InlineData("MessageRow", "/flags", """["read"]""", "is not in the enum")]
    [InlineData("MessageRow", "/receivedAt", "\"yesterday\"", "is no time")]
    [InlineData("MessageRow", "/colour", "1", "is not described")]
    [InlineData("MailEvent", "/data", "{}", "is none of anyOf")]
    public void An_example_that_is_not_true_is_noticed(string name, string pointer, string? value, string fault)
    {
        var schema = Document["components"]!["schemas"]![name]!;
        var example = schema["example"]!.DeepClone();
        example[pointer[1..]] = value is null ? null : JsonNode.Parse(value);

        Assert.Contains(new SchemaCheck(Document).Faults(example, schema), found => found.Contains(fault, StringComparison.Ordinal));
    }

    private static bool IsSilent(JsonNode? schema) => string.IsNullOrWhiteSpace((string?)schema!["description"]);

    private static IEnumerable<(string Pointer, JsonNode Node)> Everything(JsonNode? node, string pointer) => node switch
    {
        JsonObject members => members.Where(m => m.Key != "example").SelectMany(m => Everything(m.Value, $"{pointer}/{m.Key}")).Prepend((pointer, node)),
        JsonArray items => items.SelectMany((item, i) => Everything(item, $"{pointer}/{i}")),
        _ => [],
    };
}
