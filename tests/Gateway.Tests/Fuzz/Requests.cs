using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Gateway.Tests.Fuzz;

/// <summary>One request to send.</summary>
internal sealed record FuzzRequest(string Operation, string Method, string Path, string? Body, string? ContentType, string? Header, string? HeaderValue);

/// <summary>Makes requests to every operation of the published document: half of what it fills in is what belongs there, the rest is hostile.</summary>
/// <param name="document">The OpenAPI document.</param>
/// <param name="ids">Ids that exist, by the name of the parameter or property that holds them.</param>
internal sealed class Requests(JsonNode document, IReadOnlyDictionary<string, string[]> ids)
{
    private const int MaxDepth = 5;

    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    /// <summary>They would end what the others need, or never end themselves.</summary>
    private static readonly string[] Unasked = ["DeleteAccount", "StreamEvents"];

    /// <summary>What an operation cannot do without, though its schema cannot say so.</summary>
    private static readonly string[] Needed = ["to", "ids", "addFlags"];

    /// <summary>Nothing outside may be asked for: addresses that the egress policy refuses, and what is no name at all.</summary>
    private static readonly string[] Hosts = ["10.0.0.1", "169.254.169.254", "[::1]", "0.0.0.0", $"{Hostile.Canary}\r\n", "a b", "", "..", "::ffff:10.0.0.1"];

    private static readonly string[] Odd =
    [
        "null", "true", "0", "-1", "1e400", "\"\"", "[]", "{}", "[[[[[[[[]]]]]]]]", "\"\\ud800\"", "99999999999999999999999", "{\"$type\":\"x\"}", "[null]", new string('[', 100) + new string(']', 100),
    ];

    private static readonly string[] Broken = ["", "{", "[1,", "nul", "{\"a\":1,\"a\":2}", "\u0000", "{\"a\":\"\n\"}", "\"", new('[', 50_000), "{}{}", "<a/>"];

    private static readonly Gen<string?> Nothing = Gen.OneOfConst<string?>([null]);

    public Gen<FuzzRequest> Any() => Gen.Frequency([.. Operations().Select(one => (one.Operation["requestBody"] is null ? 1 : 3, Of(one)))]); // a body has more to get wrong

    private IEnumerable<(string Method, string Path, JsonObject Operation)> Operations() =>
        from path in document["paths"]!.AsObject()
        from verb in path.Value!.AsObject()
        where Verbs.Contains(verb.Key) && !Unasked.Contains((string?)verb.Value!["operationId"])
        select (verb.Key.ToUpperInvariant(), path.Key, verb.Value!.AsObject());

    private Gen<FuzzRequest> Of((string Method, string Path, JsonObject Operation) one)
    {
        var parameters = one.Operation["parameters"]?.AsArray().Select(p => p!.AsObject()).ToList() ?? [];
        var calm = Math.Max(8, parameters.Count); // or no request with many parameters would get past its first
        var inPath = All(parameters.Where(p => (string?)p["in"] == "path").Select(p => Value(p, calm).Select(value => (Name: (string)p["name"]!, Value: value))));
        var inQuery = All(parameters.Where(p => (string?)p["in"] == "query").Select(p => ((bool?)p["required"] == true ? Value(p, calm).Select(value => (string?)value) : Sometimes(Value(p, calm * 2), calm)).Select(value => (Name: (string)p["name"]!, Value: value))));
        var headers = parameters.Where(p => (string?)p["in"] == "header").Select(p => (string)p["name"]!).Concat(["If-None-Match", "If-Match", "Range"]).ToArray();
        return Gen.Select(inPath, inQuery, Body(one.Operation), Gen.OneOfConst(headers), Sometimes(Hostile.Text, 2), (path, query, body, header, headerValue) =>
        {
            var filled = path.Aggregate(one.Path, (text, p) => text.Replace($"{{{p.Name}}}", Uri.EscapeDataString(p.Value), StringComparison.Ordinal));
            var asked = string.Join('&', query.Where(q => q.Value is not null).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}"));
            return new FuzzRequest(
                (string)one.Operation["operationId"]!, one.Method, asked.Length == 0 ? filled : $"{filled}?{asked}", body.Text, body.Type, header, headerValue);
        });
    }

    private Gen<string> Value(JsonObject parameter, int calm)
    {
        var name = (string)parameter["name"]!;
        var proper = ids.TryGetValue(name, out var known) ? Gen.OneOfConst(known) : Json(parameter["schema"]!, name, 0).Select(Unquoted);
        var any = Gen.Frequency((calm, proper), (2, Hostile.Text));
        // An empty piece of a path would ask for another route, and one with a NUL is refused before there is a request.
        return (string?)parameter["in"] == "path" ? any.Select(value => value is "" or "." or ".." ? "-" : value.Replace('\0', '\n')) : any;
    }

    private Gen<(string? Text, string? Type)> Body(JsonObject operation)
    {
        if (operation["requestBody"]?["content"]?.AsObject() is not { Count: > 0 } contents) { return Gen.Const<(string?, string?)>((null, null)); }

        var (type, content) = contents.First();
        var proper = type.Contains("json", StringComparison.Ordinal) ? Json(content!["schema"]!, "", 0) : Gen.OneOf(Hostile.Text, Gen.Const("Subject: x\r\n\r\nHello\r\n"));
        return Gen.Frequency<(string?, string?)>(
            (30, proper.Select(text => ((string?)text, (string?)type))), (2, Gen.OneOfConst(Broken).Select(text => ((string?)text, (string?)type))),
            (1, proper.Select(text => ((string?)text, (string?)"text/html"))), (1, Gen.Const<(string?, string?)>((null, null))));
    }

    /// <summary>A JSON text that fits the schema in most places.</summary>
    private Gen<string> Json(JsonNode schema, string name, int depth)
    {
        schema = Resolved(schema);
        Gen<string> proper = schema["enum"] is JsonArray values ? Gen.OneOfConst([.. values.Select(v => v!.ToJsonString())])
            : (string?)schema["type"] switch
            {
                "object" or null when depth < MaxDepth => Object(schema, depth),
                "array" when depth < MaxDepth => Gen.Int[0, 3].SelectMany(count => All(Enumerable.Range(0, count).Select(_ => Json(schema["items"]!, name, depth + 1)))).Select(items => $"[{string.Join(',', items)}]"),
                "integer" or "number" => Gen.OneOf(Gen.Int.Select(n => $"{n}"), Gen.OneOfConst("0", "1", "50", "993", "-1", "2147483648", "1.5")),
                "boolean" => Gen.Bool.Select(yes => yes ? "true" : "false"),
                _ => Strings(name).Select(text => JsonSerializer.Serialize(text)),
            };
        return Gen.Frequency((40, proper), (1, Gen.OneOfConst(Odd)));
    }

    private Gen<string> Object(JsonNode schema, int depth) => Gen.OneOf(Object(schema, depth, seldom: 100), Object(schema, depth, seldom: 10), Object(schema, depth, seldom: 1));

    /// <param name="seldom">How many optional properties are left out for one that is there: with many, one is wrong with the others; with few, what is asked gets done.</param>
    private Gen<string> Object(JsonNode schema, int depth, int seldom)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        var required = schema["required"]?.AsArray().Select(r => (string)r!).ToHashSet() ?? [];
        var fields = properties.Select(p =>
        {
            var value = Json(p.Value!, p.Key, depth + 1).Select(text => (string?)$"{JsonSerializer.Serialize(p.Key)}:{text}");
            return required.Contains(p.Key) || Needed.Contains(p.Key) ? Gen.Frequency((30, value), (1, Nothing)) : Gen.Frequency((1, value), (seldom, Nothing));
        }).Append(Gen.Frequency((30, Nothing), (1, Gen.OneOfConst<string?>("\"unheardOf\":1"))));
        return All(fields).Select(all => $"{{{string.Join(',', all.Where(field => field is not null))}}}");
    }

    private Gen<string> Strings(string name) =>
        name is "host" ? Gen.OneOfConst(Hosts)
        : ids.TryGetValue(name, out var known) ? Gen.Frequency((3, Gen.OneOfConst(known)), (1, Hostile.Text))
        : Gen.Frequency((name is "address" or "email" ? 20 : 6, name is "address" or "email" ? Gen.OneOfConst("ann@example.test", "bob@example.test") : Gen.OneOfConst("hello", "text/plain", "aGVsbG8=")), (1, Hostile.Text));

    private JsonNode Resolved(JsonNode schema)
    {
        var next = (schema["allOf"] ?? schema["oneOf"] ?? schema["anyOf"])?[0] ?? schema;
        return (string?)next["$ref"] is { } name ? Resolved(document["components"]!["schemas"]![name[(name.LastIndexOf('/') + 1)..]]!) : next;
    }


    private static string Unquoted(string json)
    {
        try { return json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json)! : json; }
        catch (JsonException) { return json; } // half a character
    }

    private static Gen<T?> Sometimes<T>(Gen<T> gen, int seldom) where T : class => Gen.Frequency((1, gen.Select(value => (T?)value)), (seldom, Gen.OneOfConst<T?>([null])));

    private static Gen<ImmutableList<T>> All<T>(IEnumerable<Gen<T>> gens) =>
        gens.Aggregate(Gen.Const(ImmutableList<T>.Empty), (all, gen) => Gen.Select(all, gen, (list, one) => list.Add(one)));
}
