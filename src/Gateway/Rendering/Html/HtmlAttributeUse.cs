namespace Gateway.Rendering.Html;

/// <summary>What the value of an attribute is for, and so how it is judged.</summary>
internal enum HtmlAttributeUse
{
    /// <summary>May stay whatever it is.</summary>
    Plain,
    Style,
    Id,
    Name,

    /// <summary>Names the source of a quotation; nothing follows it.</summary>
    Cite,

    /// <summary>Where a link leads.</summary>
    Link,

    /// <summary>Where an image comes from.</summary>
    Source,

    /// <summary>The map of an image.</summary>
    Map,

    /// <summary>Loads something, so it goes, and is counted.</summary>
    Load,
}
