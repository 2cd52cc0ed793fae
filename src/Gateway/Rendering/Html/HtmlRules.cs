using System.Collections.Frozen;
using Ganss.Xss;

namespace Gateway.Rendering.Html;

/// <summary>What a message may say in HTML. Everything not named here is left out.</summary>
internal static class HtmlRules
{
    /// <summary>Without style, whose content is taken out and judged before.</summary>
    public static readonly FrozenSet<string> Tags = Set(
        "a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del "
        + "details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main "
        + "map mark menu nav ol p pre q s samp section small span strike strong sub summary sup table tbody td "
        + "tfoot th thead time tr tt u ul var wbr");

    /// <summary>Without style, src, id, name and usemap: <see cref="Withheld"/> rewrites those.</summary>
    private const string Attributes =
        "abbr align alt axis bgcolor border cellpadding cellspacing char charoff cite class clear color cols colspan coords "
        + "datetime dir face frame headers height href hreflang hspace lang noshade nowrap open reversed role rowspan rules "
        + "scope shape size span start summary title type valign value vspace width";

    public static readonly string[] LinkSchemes = ["http", "https", "mailto", "tel"];

    /// <summary>Shared by all requests: it is only read once it stands.</summary>
    public static readonly HtmlSanitizer Sanitizer = Create();

    private static HtmlSanitizer Create()
    {
        // Not from the options class, which begins empty and with it loses the list of attributes that hold addresses.
        var sanitizer = new HtmlSanitizer();
        Replace(sanitizer.AllowedTags, Tags);
        Replace(sanitizer.AllowedAttributes, Attributes.Split(' '));
        Replace(sanitizer.AllowedSchemes, LinkSchemes);
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedAtRules.Clear();
        sanitizer.AllowDataAttributes = false;
        sanitizer.KeepChildNodes = true; // a stray tag costs itself, not the text inside
        return sanitizer;
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static void Replace(ISet<string> set, IEnumerable<string> names)
    {
        set.Clear();
        set.UnionWith(names);
    }
}
