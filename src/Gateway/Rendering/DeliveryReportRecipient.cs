namespace Gateway.Rendering;

/// <summary>What became of a message for one recipient.</summary>
/// <param name="Address">The address as it was written to.</param>
/// <param name="Action">What the server did.</param>
/// <param name="Status">Enhanced status code (RFC 3463), such as <c>5.1.1</c>.</param>
/// <param name="Diagnostic">The words of the server that refused; text of a stranger.</param>
/// <param name="RemoteServer">The server that said them.</param>
public sealed record DeliveryReportRecipient(string Address, DeliveryAction Action, string? Status, string? Diagnostic, string? RemoteServer);
