namespace Gateway.Http;

/// <summary>A piece of a list.</summary>
/// <param name="Items">The items of this piece.</param>
/// <param name="NextCursor">Asks for the next piece; absent at the end.</param>
/// <param name="Total">How many items the whole list has, where that is known.</param>
/// <param name="Offset">How many items stand before this piece; told where a piece around an item was asked for.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, int? Total, int? Offset = null);
