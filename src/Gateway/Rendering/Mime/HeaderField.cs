namespace Gateway.Rendering.Mime;

/// <summary>One field of a header: its name as spelled, and its value unfolded but not decoded.</summary>
internal sealed record HeaderField(string Name, byte[] Value)
{
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
