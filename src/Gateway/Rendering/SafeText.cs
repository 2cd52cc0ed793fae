namespace Gateway.Rendering;

/// <param name="Text">Lines end in a line feed; no control characters but that and the tab.</param>
/// <param name="Defects">What could not be shown as sent.</param>
internal sealed record SafeText(string Text, IReadOnlyList<Defect> Defects);
