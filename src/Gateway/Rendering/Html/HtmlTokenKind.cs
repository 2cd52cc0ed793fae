namespace Gateway.Rendering.Html;

internal enum HtmlTokenKind
{
    Text,
    StartTag,
    EndTag,

    /// <summary>The content of an element in which tags mean nothing, such as style or script.</summary>
    RawText,
}
