namespace Gateway.Features.Templates;

/// <summary>A template cannot be filled in. The message says why, for whoever wrote it.</summary>
internal sealed class LiquidException(string message) : Exception(message);
