namespace Gateway.Rendering;

/// <summary>What a message says about itself. Values are text: one line each, no controls, nothing reordered.</summary>
internal sealed record MessageHeader
{
    public IReadOnlyList<Address> From { get; init; } = [];

    public IReadOnlyList<Address> To { get; init; } = [];

    public IReadOnlyList<Address> Cc { get; init; } = [];

    public IReadOnlyList<Address> Bcc { get; init; } = [];

    public IReadOnlyList<Address> ReplyTo { get; init; } = [];

    public string Subject { get; init; } = "";

    /// <summary>Null when there is none that can be read.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>Without angle brackets; the first when several are named.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Without angle brackets, oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    public IReadOnlyList<Defect> Defects { get; init; } = [];
}
