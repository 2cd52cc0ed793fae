using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Http;

/// <summary>Which top-level fields of a resource a caller asks for with <c>?fields=</c>; all of them when it does not say.</summary>
internal sealed class FieldSelection
{
    private static readonly object Key = new();
    private static readonly ConcurrentDictionary<Type, HashSet<string>> Names = new();

    private readonly HashSet<string> _names;

    private FieldSelection(HashSet<string> names) => _names = names;

    /// <summary>Reads a comma-separated list, and has the answer of this request hold nothing else.</summary>
    /// <typeparam name="T">The resource, or the item of a list.</typeparam>
    /// <returns>What is wrong with it, or null; and the selection, or null for everything.</returns>
    public static (FieldFault? Fault, FieldSelection? Selection) Read<T>(HttpContext context, string? fields)
    {
        if (fields is null) { return (null, null); }

        var known = Names.GetOrAdd(typeof(T), type => [.. WireJson.Options.GetTypeInfo(type).Properties.Select(p => p.Name)]);
        var names = fields.Split(',').ToHashSet(StringComparer.Ordinal);
        if (!names.IsSubsetOf(known)) { return (new(null, "fields", $"may name {string.Join(", ", known.Order(StringComparer.Ordinal))}"), null); }

        var selection = new FieldSelection(names);
        context.Items[Key] = selection;
        return (null, selection);
    }

    public static FieldSelection? Of(HttpContext context) => context.Items[Key] as FieldSelection;

    /// <summary>Whether anything else than these is asked for.</summary>
    public bool Exceeds(params ReadOnlySpan<string> names)
    {
        foreach (var name in _names)
        {
            if (!names.Contains(name)) { return true; }
        }

        return false;
    }

    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_names.Contains(name)) { return true; }
        }

        return false;
    }

    /// <summary>The resource with these fields only; of a list, each of its items.</summary>
    public byte[] Apply(object value)
    {
        var node = JsonSerializer.SerializeToNode(value, value.GetType(), WireJson.Options)!.AsObject();
        var (items, isPage) = value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Page<>) ? (node["items"]!.AsArray(), true) : (null, false);
        foreach (var one in isPage ? items!.Select(item => item!.AsObject()) : [node])
        {
            foreach (var name in one.Select(property => property.Key).Where(name => !_names.Contains(name)).ToList()) { one.Remove(name); }
        }

        return JsonSerializer.SerializeToUtf8Bytes(node, WireJson.Options);
    }
}
