using System.Text.Json.Serialization;

namespace Gateway.Rendering;

/// <summary>A node of a message's MIME tree, as the IMAP server describes it.</summary>
/// <param name="PartId">Numbered as IMAP does: <c>1</c>, <c>1.2</c>. The top of a multipart message is <c>0</c>.</param>
/// <param name="ContentType">Lower-cased media type without parameters.</param>
/// <param name="FileName">Safe to show and to save under; absent when the part has none.</param>
/// <param name="Size">In bytes, once decoded; estimated for base64.</param>
/// <param name="Disposition"><c>inline</c> or <c>attachment</c>, when the part says so.</param>
/// <param name="ContentId">Without angle brackets.</param>
/// <param name="Children">Of a multipart. An attached message is not looked into.</param>
public sealed record Part(
    string PartId,
    string ContentType,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FileName,
    long Size,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Disposition,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ContentId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Part>? Children);
