namespace Gateway.Features.Submissions;

/// <summary>What became of one recipient.</summary>
public enum RecipientState
{
    Pending,
    Accepted,
    Failed,

    /// <summary>The SMTP server took it, and it came back; <c>reports</c> says why.</summary>
    Bounced,
    Unknown,

    /// <summary>The submission was canceled before this recipient was tried with success.</summary>
    Canceled,
}
