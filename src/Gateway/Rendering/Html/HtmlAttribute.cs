namespace Gateway.Rendering.Html;

/// <param name="Name">Lower-cased.</param>
/// <param name="Bit">One of its own, to tell that a tag has it already: the first counts.</param>
internal sealed record HtmlAttribute(string Name, HtmlAttributeUse Use, UInt128 Bit);
