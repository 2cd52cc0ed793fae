namespace Gateway.Rendering;

/// <summary>Something about a message that could not be shown as it was sent, told in words a person can read.</summary>
/// <param name="Code">Stable, for programs: one of <see cref="DefectCodes"/>.</param>
/// <param name="Detail">One sentence, for people. Never holds content of the message.</param>
public sealed record Defect(string Code, string Detail);
