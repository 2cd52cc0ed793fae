namespace Gateway.Http;

/// <summary>A piece of a list. <paramref name="NextCursor"/> asks for the next one and is absent at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, int? Total);
