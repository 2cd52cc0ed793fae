namespace Gateway.Rendering;

/// <summary>What one message may cost: sizes are looked at before anything is parsed or built.</summary>
internal static class RenderingLimits
{
    public const int HtmlLength = 512 * 1024;
    public const int TextLength = 512 * 1024;
    public const int HtmlDepth = 256;

    /// <summary>Formatting tags that were opened and never closed are opened again in every following block.</summary>
    public const int OpenFormatting = 64;

    /// <summary>For the browser's sake. A 512 KB newsletter of the busy kind has about 12,000 elements.</summary>
    public const int HtmlElements = 20_000;

    /// <summary>No tag that a person sees has more.</summary>
    public const int AttributesPerTag = 64;

    public const int StyleLength = 200 * 1024;
    public const int StyleRules = 2_000;
    public const int InlineStyleLength = 8 * 1024;

    public const int HeaderLength = 256 * 1024;
    public const int HeaderFieldLength = 64 * 1024;
    public const int Parts = 1_000;
    public const int PartDepth = 64;

    /// <summary>Readers of JSON give up at 32 or 64 levels, and each part takes two of them.</summary>
    public const int ListedPartDepth = 12;

    public const int FileNameLength = 200;
    public const int PreviewLength = 200;

    public static readonly TimeSpan ParserBudget = TimeSpan.FromSeconds(5);
}
