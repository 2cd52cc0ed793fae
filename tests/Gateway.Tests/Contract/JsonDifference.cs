using System.Text.Json.Nodes;

namespace Gateway.Tests.Contract;

/// <summary>Names every place where two JSON documents differ by its JSON pointer (RFC 6901).</summary>
internal static class JsonDifference
{
    public static IEnumerable<string> Between(JsonNode? expected, JsonNode? actual, string pointer = "")
    {
        switch (expected, actual)
        {
            case (JsonObject left, JsonObject right):
                foreach (var name in left.Select(p => p.Key).Union(right.Select(p => p.Key)))
                {
                    var inside = $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
                    if (!right.ContainsKey(name)) { yield return $"{inside} is gone"; }
                    else if (!left.ContainsKey(name)) { yield return $"{inside} is new"; }
                    else
                    {
                        foreach (var found in Between(left[name], right[name], inside)) { yield return found; }
                    }
                }

                break;
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                foreach (var found in left.Zip(right).SelectMany((pair, i) => Between(pair.First, pair.Second, $"{pointer}/{i}"))) { yield return found; }

                break;
            default:
                if (!JsonNode.DeepEquals(expected, actual)) { yield return $"{pointer}: {expected?.ToJsonString()} became {actual?.ToJsonString()}"; }

                break;
        }
    }
}
