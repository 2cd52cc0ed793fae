namespace Gateway.Mail.Smtp;

/// <summary>What became of one attempt to hand a mail to the server.</summary>
/// <param name="Result">Accepted when at least one recipient was.</param>
/// <param name="Recipients">Every recipient of the SMTP envelope, in its order.</param>
public sealed record SubmissionOutcome(
    SubmissionResult Result, string? Reply, string? EnhancedStatus, IReadOnlyList<RecipientOutcome> Recipients);
