namespace Gateway.Storage;

/// <summary>What is done to a row.</summary>
internal enum RowWrite
{
    Insert,
    Update,
    Delete,
}
