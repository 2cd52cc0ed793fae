using System.Collections.Frozen;

namespace Gateway.Rendering.Html;

/// <summary>A name of a tag with its traits. There is one of each, so that equal names are the same object.</summary>
internal sealed class HtmlTag
{
    public static readonly HtmlTag Unknown = new("", HtmlTraits.None);

    private static readonly FrozenDictionary<string, HtmlTag> Known = Table();
    private static readonly FrozenDictionary<string, HtmlTag>.AlternateLookup<ReadOnlySpan<char>> Lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    private HtmlTag(string name, HtmlTraits traits) => (Name, Traits) = (name, traits);

    /// <summary>Lower-cased; empty when nobody here needs to know it.</summary>
    public string Name { get; }

    public HtmlTraits Traits { get; }

    public bool Is(HtmlTraits any) => (Traits & any) != 0;

    public static HtmlTag Find(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out var tag) ? tag : Unknown;

    private static FrozenDictionary<string, HtmlTag> Table()
    {
        Dictionary<string, HtmlTraits> traits = [];
        Mark(HtmlTraits.None, "head body");
        Mark(HtmlTraits.Kept, HtmlRules.Tags);
        Mark(HtmlTraits.RawText, "script style xmp iframe noembed noframes textarea title");
        Mark(HtmlTraits.Void, "area br col hr img wbr");
        Mark(HtmlTraits.Formatting, "a b big code em font i s small strike strong tt u");
        Mark(
            HtmlTraits.Special,
            "address article aside blockquote caption center colgroup dd details dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
            + "header hgroup li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul");
        Mark(
            HtmlTraits.EndsParagraph,
            "address article aside blockquote center dd details dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr "
            + "li main menu nav ol p pre section summary table ul");
        Mark(HtmlTraits.Heading, "h1 h2 h3 h4 h5 h6");
        Mark(HtmlTraits.TablePart, "caption col colgroup tbody td tfoot th thead tr");
        Mark(HtmlTraits.Grid, "colgroup table tbody tfoot thead tr");
        Mark(HtmlTraits.Boundary, "caption table td th");
        Mark(HtmlTraits.Marker, "caption td th");
        return traits.ToFrozenDictionary(one => one.Key, one => new HtmlTag(one.Key, one.Value), StringComparer.OrdinalIgnoreCase);

        void Mark(HtmlTraits trait, string names)
        {
            foreach (var name in names.Split(' ')) { traits[name] = traits.GetValueOrDefault(name) | trait; }
        }
    }
}
