namespace Gateway.Http;

/// <summary>A piece of a list.</summary>
/// <param name="Items">The items of this piece.</param>
/// <param name="NextCursor">Asks for the next piece; absent at the end.</param>
/// <param name="Total">How many items the whole list has, where that is known.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, int? Total);
