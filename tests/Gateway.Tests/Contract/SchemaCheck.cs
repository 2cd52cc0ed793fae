using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Contract;

/// <summary>Holds a JSON value to a schema of the document, as far as the document uses schemas. Unknown properties are faults, and so are unknown keywords.</summary>
internal sealed class SchemaCheck(JsonNode document)
{
    private static readonly HashSet<string> Known =
        ["type", "properties", "required", "description", "format", "nullable", "maxLength", "items", "allOf", "anyOf", "enum", "additionalProperties", "example"];

    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string pointer = "")
    {
        if ((string?)schema["$ref"] is { } reference) { return Faults(value, Resolve(reference), pointer); }

        var faults = schema.AsObject().Where(k => !Known.Contains(k.Key)).Select(k => $"{pointer}: {k.Key} is not checked").ToList();
        if (value is null) { return (bool?)schema["nullable"] == true ? faults : [.. faults, $"{pointer}: is null"]; }

        foreach (var part in schema["allOf"]?.AsArray() ?? []) { faults.AddRange(Faults(value, part!, pointer)); }

        if (schema["anyOf"] is JsonArray any && any.All(one => Faults(value, one!, pointer).Any())) { faults.Add($"{pointer}: is none of anyOf"); }

        if (schema["enum"] is JsonArray names && !names.Any(n => JsonNode.DeepEquals(n, value))) { faults.Add($"{pointer}: {value} is not in the enum"); }

        return [.. faults, .. (string?)schema["type"] switch
        {
            null => [],
            "object" => ObjectFaults(value, schema, pointer),
            "array" => value is JsonArray items ? items.SelectMany((item, i) => Faults(item, schema["items"]!, $"{pointer}/{i}")) : [$"{pointer}: is no array"],
            "string" => StringFaults(value, schema, pointer),
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? [] : [$"{pointer}: is no boolean"],
            "integer" => value.GetValueKind() == JsonValueKind.Number && value.ToJsonString().All(char.IsAsciiDigit) ? [] : [$"{pointer}: is no integer"],
            var other => [$"{pointer}: {other} is not checked"],
        }];
    }

    public JsonNode Resolve(string reference) => document["components"]!["schemas"]![reference.Split('/')[^1]]!;

    private IEnumerable<string> ObjectFaults(JsonNode value, JsonNode schema, string pointer)
    {
        if (value is not JsonObject members)
        {
            yield return $"{pointer}: is no object";
            yield break;
        }

        foreach (var name in schema["required"]?.AsArray().Select(r => (string)r!).Where(r => !members.ContainsKey(r)) ?? []) { yield return $"{pointer}: lacks {name}"; }

        foreach (var (name, member) in members)
        {
            var described = schema["properties"]?[name] ?? schema["additionalProperties"] as JsonObject;
            if (described is null) { yield return $"{pointer}/{name}: is not described"; }
            else
            {
                foreach (var fault in Faults(member, described, $"{pointer}/{name}")) { yield return fault; }
            }
        }
    }

    private static IEnumerable<string> StringFaults(JsonNode value, JsonNode schema, string pointer)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            yield return $"{pointer}: is no string";
            yield break;
        }

        var text = (string)value!;
        if (text.Length > ((int?)schema["maxLength"] ?? int.MaxValue)) { yield return $"{pointer}: is too long"; }

        if ((string?)schema["format"] == "date-time" && !DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)) { yield return $"{pointer}: is no time"; }

        if ((string?)schema["format"] == "byte" && !Convert.TryFromBase64String(text, new byte[text.Length], out _)) { yield return $"{pointer}: is no base64"; }
    }
}
