namespace Gateway.Rendering;

/// <summary>One check of the sender.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Domain">The domain it speaks of; one that passed answers for the message, and is still not the sender by itself.</param>
public sealed record AuthenticationCheck(AuthenticationVerdict Result, string? Domain);
