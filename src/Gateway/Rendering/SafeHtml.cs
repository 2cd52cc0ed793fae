namespace Gateway.Rendering;

/// <summary>A fragment of HTML that runs nothing, loads nothing and paints nothing outside itself.</summary>
/// <param name="Html">Body content with the message's own styles in front; never a whole document.</param>
/// <param name="BlockedImages">How many remote loads were taken out; images keep their address in <c>data-remote-src</c>.</param>
/// <param name="Defects">What could not be shown as sent.</param>
internal sealed record SafeHtml(string Html, int BlockedImages, IReadOnlyList<Defect> Defects);
