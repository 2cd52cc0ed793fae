using System.Text.Json;

namespace Gateway.Features.Settings;

/// <summary>What a person has chosen in a mail program, kept for them. The server takes no meaning from it.</summary>
/// <param name="Values">Anything by name. The webmail keeps its own choices at the top; another program does well to put its own under one name.</param>
public sealed record Settings(IReadOnlyDictionary<string, JsonElement> Values);
