namespace Gateway.Features.Submissions;

/// <summary>How far a submission has come.</summary>
public enum SubmissionState
{
    /// <summary>Kept back until it is released.</summary>
    Held,

    /// <summary>Waits for the time it was given; <c>sendAt</c> says when. Until then it can be changed and canceled.</summary>
    Scheduled,

    /// <summary>In the outbox; <c>sendAt</c> says when the next attempt is due.</summary>
    Queued,

    /// <summary>An attempt is under way.</summary>
    Sending,

    /// <summary>The SMTP server took it for every recipient.</summary>
    Sent,

    /// <summary>Taken for some recipients, refused for others.</summary>
    PartiallySent,

    /// <summary>Refused for good, or given up after the last attempt.</summary>
    Failed,

    /// <summary>The link broke after the whole mail was sent and before the answer: it may or may not have gone out, and is not sent again by itself.</summary>
    Unknown,

    /// <summary>Canceled before it was sent.</summary>
    Canceled,
}
