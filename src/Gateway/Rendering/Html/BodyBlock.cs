namespace Gateway.Rendering.Html;

/// <summary>A fragment has no body element, so what the message said about its own moves to a block around the content.</summary>
internal static class BodyBlock
{
    private static readonly string[] Moved = ["class", "dir", "lang", "id", "background"];

    /// <summary>The attributes of the block, to be judged like those of any other.</summary>
    /// <param name="body">The attributes of all the body's tags: of each the first counts.</param>
    public static string Attributes(ReadOnlySpan<char> body)
    {
        if (body.IsEmpty) { return ""; }

        var said = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var attributes = new HtmlAttributes(body);
        for (var read = 0; read < RenderingLimits.AttributesPerTag && attributes.Next(); read++) { said.TryAdd(attributes.Name.ToString(), attributes.Value.ToString()); }

        var style = Declaration("background-color", "bgcolor") + Declaration("color", "text") + said.GetValueOrDefault("style");
        return string.Concat(Moved.Select(name => Attribute(name, said.GetValueOrDefault(name)))) + Attribute("style", style);

        string Declaration(string property, string name) => said.GetValueOrDefault(name) is { } value && !string.IsNullOrWhiteSpace(value) ? $"{property}:{value};" : "";
    }

    private static string Attribute(string name, string? value) =>
        string.IsNullOrEmpty(value) ? "" : $" {name}=\"{value.Replace("\"", "&quot;", StringComparison.Ordinal)}\"";
}
