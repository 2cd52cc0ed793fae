using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Gateway.Http;

/// <summary>An enum in a query, by the same names as in JSON and by no number.</summary>
internal readonly record struct WireEnum<T>(T Value) : IParsable<WireEnum<T>> where T : struct, Enum
{
    private static readonly Dictionary<string, T> Names = Enum.GetValues<T>().ToDictionary(
        value => JsonSerializer.SerializeToElement(value, WireJson.Options).GetString()!, StringComparer.Ordinal);

    public static WireEnum<T> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException($"'{s}' is none of {string.Join(", ", Names.Keys)}.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out WireEnum<T> result)
    {
        var known = Names.TryGetValue(s ?? "", out var value);
        result = new(value);
        return known;
    }
}
