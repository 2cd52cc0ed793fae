namespace Gateway.Rendering;

/// <summary>What was inside a winmail.dat.</summary>
internal sealed record TnefContent(string? Text, IReadOnlyList<Attachment> Attachments, IReadOnlyList<Defect> Defects);
