namespace Gateway.Features.Messages;

/// <summary>Which end of a sorted list comes first.</summary>
public enum SortOrder
{
    /// <summary>Smallest, oldest, or A first.</summary>
    Ascending,

    /// <summary>Largest, newest, or Z first.</summary>
    Descending,
}
