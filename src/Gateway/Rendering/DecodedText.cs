namespace Gateway.Rendering;

/// <param name="Text">Whatever the bytes could be made to say.</param>
/// <param name="Defects">Where that took guessing.</param>
internal sealed record DecodedText(string Text, IReadOnlyList<Defect> Defects);
