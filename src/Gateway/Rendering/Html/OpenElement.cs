namespace Gateway.Rendering.Html;

/// <param name="Start">Where its start tag begins in the markup.</param>
/// <param name="End">Where its start tag ends.</param>
/// <param name="Level">In how many cells and captions it is, itself included.</param>
/// <param name="ComesBack">Whether it is formatting, to be opened again when its block ends before it does.</param>
internal readonly record struct OpenElement(HtmlTag Tag, int Start, int End, int Level, bool ComesBack);
