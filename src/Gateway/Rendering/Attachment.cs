using System.Text.Json.Serialization;

namespace Gateway.Rendering;

/// <summary>A part of a message that is not shown as its text.</summary>
/// <param name="PartId">Numbered as IMAP does.</param>
/// <param name="FileName">Safe to show and to save under; absent when the part has none.</param>
/// <param name="ContentType">Lower-cased media type without parameters.</param>
/// <param name="Size">In bytes, once decoded; estimated for base64.</param>
/// <param name="Disposition"><c>inline</c> for what the text shows by its content id, else <c>attachment</c>.</param>
/// <param name="ContentId">Without angle brackets.</param>
public sealed record Attachment(
    string PartId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FileName,
    string ContentType,
    long Size,
    string Disposition,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ContentId);
