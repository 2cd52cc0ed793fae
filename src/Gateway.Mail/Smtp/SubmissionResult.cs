namespace Gateway.Mail.Smtp;

/// <summary>What became of one attempt.</summary>
public enum SubmissionResult
{
    Accepted,

    /// <summary>A 4xx answer, or a link lost before the whole mail was sent: may be tried again.</summary>
    TemporaryFailure,

    /// <summary>A 5xx answer.</summary>
    PermanentFailure,

    /// <summary>The link broke after the final dot and before the answer: it may have been accepted.</summary>
    Unknown,
}
