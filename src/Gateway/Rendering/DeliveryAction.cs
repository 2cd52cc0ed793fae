namespace Gateway.Rendering;

/// <summary>What a mail server did with a message for one recipient (RFC 3464 section 2.3.3).</summary>
public enum DeliveryAction
{
    /// <summary>The report does not say, or not in a known word.</summary>
    Unknown,
    Failed,
    Delayed,
    Delivered,

    /// <summary>Handed to a server that gives no reports.</summary>
    Relayed,

    /// <summary>Handed on to the members of a list.</summary>
    Expanded,
}
