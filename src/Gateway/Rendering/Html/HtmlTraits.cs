namespace Gateway.Rendering.Html;

/// <summary>What the HTML standard does with a tag in a way of its own (sections 13.2.4.2 and 13.2.6.4), as far as mail may use it.</summary>
[Flags]
internal enum HtmlTraits
{
    None = 0,

    /// <summary>A message may use it.</summary>
    Kept = 1 << 0,

    /// <summary>Tags mean nothing in its content.</summary>
    RawText = 1 << 1,

    /// <summary>With no content and no end tag.</summary>
    Void = 1 << 2,

    /// <summary>Opened again by the parser in the next block when left open.</summary>
    Formatting = 1 << 3,

    /// <summary>A block or the like. It does not bring formatting back that was left open, and ordinary end tags do not reach past it.</summary>
    Special = 1 << 4,

    /// <summary>Its start tag ends an open paragraph.</summary>
    EndsParagraph = 1 << 5,

    Heading = 1 << 6,

    /// <summary>Stands in a table, and nowhere else.</summary>
    TablePart = 1 << 7,

    /// <summary>Holds parts of a table and no text.</summary>
    Grid = 1 << 8,

    /// <summary>What is open outside cannot be closed from inside.</summary>
    Boundary = 1 << 9,

    /// <summary>Formatting left open inside ends with it.</summary>
    Marker = 1 << 10,
}
