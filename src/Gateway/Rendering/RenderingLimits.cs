namespace Gateway.Rendering;

/// <summary>
/// What one message may cost. Every library below is slower than linear on hostile input,
/// so sizes are looked at before anything is parsed.
/// </summary>
internal static class RenderingLimits
{
    public const int HtmlLength = 512 * 1024;
    public const int TextLength = 512 * 1024;
    public const int HtmlDepth = 256;

    /// <summary>Formatting tags that were opened and never closed are opened again in every following block.</summary>
    public const int OpenFormatting = 64;

    /// <summary>Finding the next of many siblings is slow. A 512 KB newsletter of the busy kind has about 12,000 elements.</summary>
    public const int HtmlElements = 20_000;

    /// <summary>Duplicates are found by comparing each attribute of a tag with each other one.</summary>
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

    public static readonly TimeSpan HtmlBudget = TimeSpan.FromSeconds(5);
}
