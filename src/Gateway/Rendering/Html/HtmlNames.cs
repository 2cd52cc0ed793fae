using System.Collections.Frozen;

namespace Gateway.Rendering.Html;

/// <summary>Names the HTML standard treats in a way of their own (section 13.2.4.2), as far as mail may use them.</summary>
internal static class HtmlNames
{
    public static readonly FrozenSet<string> RawText = Set(
        "script style xmp iframe noembed noframes textarea title");

    /// <summary>With no content and no end tag.</summary>
    public static readonly FrozenSet<string> Void = Set(
        "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr");

    /// <summary>Re-opened by the parser in the next block when left open.</summary>
    public static readonly FrozenSet<string> Formatting = Set(
        "a b big code em font i nobr s small strike strong tt u");

    /// <summary>Blocks and the like. They do not bring formatting back that was left open.</summary>
    public static readonly FrozenSet<string> Special = Set(
        "address article aside blockquote body caption center colgroup dd details dir div dl dt fieldset figcaption figure "
        + "footer form h1 h2 h3 h4 h5 h6 header hgroup li listing main menu nav ol p pre search section summary table tbody td "
        + "tfoot th thead tr ul");

    /// <summary>What is open outside these cannot be closed from inside.</summary>
    public static readonly FrozenSet<string> ScopeBoundary = Set("caption table td th");

    /// <summary>Formatting left open inside these ends with them.</summary>
    public static readonly FrozenSet<string> FormattingMarker = Set("caption td th");

    /// <summary>Start tags that end an open paragraph.</summary>
    public static readonly FrozenSet<string> EndsParagraph = Set(
        "address article aside blockquote center dd details dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
        + "hgroup hr li main menu nav ol p pre section summary ul");

    public static readonly FrozenSet<string> Headings = Set("h1 h2 h3 h4 h5 h6");

    public static readonly FrozenSet<string> TableStructure = Set("caption colgroup tbody td tfoot th thead tr");

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Interned =
        new[] { RawText, Void, Formatting, Special }.SelectMany(names => names).Append("span").Distinct()
            .ToFrozenDictionary(name => name, name => name).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// End tags of ordinary elements do not reach past special ones. Parsers differ over which those are, so all but
    /// the plainest count.
    /// </summary>
    public static bool Stops(string name) => name != "span" && !Formatting.Contains(name);

    /// <summary>Lower-cases ASCII only, as the standard does, and gives known names without a new string.</summary>
    public static string Lower(ReadOnlySpan<char> name)
    {
        if (name.Length > 64) { return ""; } // no element has such a name
        Span<char> lower = stackalloc char[name.Length];
        for (var i = 0; i < name.Length; i++) { lower[i] = char.IsAsciiLetterUpper(name[i]) ? (char)(name[i] | 0x20) : name[i]; }
        return Interned.TryGetValue(lower, out var known) ? known : lower.ToString();
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
