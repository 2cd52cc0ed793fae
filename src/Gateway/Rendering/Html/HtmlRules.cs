using System.Collections.Frozen;

namespace Gateway.Rendering.Html;

/// <summary>What a message may say in HTML. Everything not named here is left out.</summary>
internal static class HtmlRules
{
    /// <summary>Without style, whose content is judged apart, and body, which a fragment has not got.</summary>
    public const string Tags =
        "a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del "
        + "details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main "
        + "map mark menu nav ol p pre q s samp section small span strike strong sub summary sup table tbody td "
        + "tfoot th thead time tr tt u ul var wbr";

    /// <summary>Whatever their value is, it does nothing.</summary>
    private const string Plain =
        "abbr align alt axis bgcolor border cellpadding cellspacing char charoff class clear color cols colspan coords "
        + "datetime dir face frame headers height hreflang hspace lang noshade nowrap open reversed role rowspan rules "
        + "scope shape size span start summary title type valign value vspace width";

    /// <summary>Loaded by the mere presence of the tag.</summary>
    private const string Loading = "srcset imagesrcset poster data background lowsrc dynsrc xlink:href archive codebase";

    private static readonly FrozenDictionary<string, HtmlAttribute>.AlternateLookup<ReadOnlySpan<char>> Attributes = Table().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What is known of an attribute, or null when it means nothing to us.</summary>
    public static HtmlAttribute? Attribute(ReadOnlySpan<char> name) => Attributes.TryGetValue(name, out var known) ? known : null;

    private static FrozenDictionary<string, HtmlAttribute> Table()
    {
        List<(string Name, HtmlAttributeUse Use)> all =
        [
            .. Plain.Split(' ').Select(name => (name, HtmlAttributeUse.Plain)), .. Loading.Split(' ').Select(name => (name, HtmlAttributeUse.Load)),
            ("cite", HtmlAttributeUse.Cite), ("href", HtmlAttributeUse.Link), ("id", HtmlAttributeUse.Id), ("name", HtmlAttributeUse.Name),
            ("src", HtmlAttributeUse.Source), ("style", HtmlAttributeUse.Style), ("usemap", HtmlAttributeUse.Map),
        ];
        return all.Select((one, place) => new HtmlAttribute(one.Name, one.Use, UInt128.One << place)).ToFrozenDictionary(a => a.Name, StringComparer.OrdinalIgnoreCase);
    }
}
