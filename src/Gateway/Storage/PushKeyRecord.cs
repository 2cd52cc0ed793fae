namespace Gateway.Storage;

/// <summary>The key this server signs pushes with: one, for good.</summary>
internal sealed class PushKeyRecord
{
    public const int TheOnly = 1;

    public required int Id { get; init; }
    public required byte[] SealedKey { get; init; }
}
