namespace Gateway.Mail.Smtp;

/// <summary>What became of one recipient, in the server's words.</summary>
/// <param name="EnhancedStatus">As <c>5.1.1</c> (RFC 3463), when the server gave one.</param>
public sealed record RecipientOutcome(string Address, SubmissionResult Result, string? Reply, string? EnhancedStatus);
