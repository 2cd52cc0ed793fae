namespace Gateway.Rendering.Css;

internal enum CssTokenKind
{
    Space,
    Word,
    Function,
    AtWord,
    Hash,
    Text,
    Url,
    Number,
    Symbol,

    /// <summary>A string or address that never ended properly.</summary>
    Broken,
}
