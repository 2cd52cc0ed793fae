using System.Collections.Frozen;

namespace Gateway.Rendering.Css;

/// <summary>What a message may say in CSS. Everything not named here is left out.</summary>
internal static class CssRules
{
    /// <summary>A property is allowed when it is one of these, or one of these followed by a dash and more.</summary>
    private static readonly FrozenSet<string> Families = Set(
        "background border border-radius caption-side clear color column columns direction display empty-cells flex float font "
        + "gap grid height hyphens justify align letter-spacing line-height list-style margin max-height max-width min-height "
        + "min-width object-fit object-position opacity order orphans outline overflow-wrap padding page-break break place "
        + "quotes row-gap tab-size table-layout text unicode-bidi vertical-align visibility white-space widows width word "
        + "word-break word-spacing word-wrap writing-mode aspect-ratio box-shadow box-sizing border-collapse border-spacing "
        + "content overflow color-scheme accent-color");

    private static readonly FrozenSet<string> Functions = Set(
        "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark calc min max clamp linear-gradient "
        + "radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient "
        + "minmax repeat fit-content counter counters");

    /// <summary>Without :has(), which can keep a browser busy for minutes, and whatever is invented next.</summary>
    private static readonly FrozenSet<string> Pseudo = Set(
        "link visited hover active focus root empty first-child last-child only-child first-of-type last-of-type only-of-type "
        + "nth-child nth-last-child nth-of-type nth-last-of-type not is where lang dir before after first-line first-letter "
        + "marker checked");

    /// <summary>Rules whose block holds rules. Everything else that begins with an at sign goes.</summary>
    private static readonly FrozenSet<string> Conditions = Set("media supports");

    public static bool Allows(string property)
    {
        var name = property.ToLowerInvariant();
        if (name == "position") { return true; } // its values are looked at one by one
        while (name.Length > 0)
        {
            if (Families.Contains(name)) { return true; }
            name = name[..Math.Max(name.LastIndexOf('-'), 0)];
        }

        return false;
    }

    public static bool AllowsFunction(string name) => Functions.Contains(name.ToLowerInvariant());

    public static bool AllowsPseudo(string name) => Pseudo.Contains(name.ToLowerInvariant());

    public static bool IsCondition(string atWord) => Conditions.Contains(atWord.ToLowerInvariant());

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
