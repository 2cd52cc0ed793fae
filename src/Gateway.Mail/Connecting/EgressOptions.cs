namespace Gateway.Mail.Connecting;

/// <summary>Which addresses may be reached although they are private. Set by the operator, never by a user.</summary>
public sealed class EgressOptions
{
    public const string Section = "Gateway:Egress";

    /// <summary>Addresses or CIDR ranges that are open in spite of the closed ranges, on any port. Default none.</summary>
    public string[] Allow { get; set; } = [];
}
