namespace Gateway.Features.Submissions;

/// <summary>What became of one recipient.</summary>
public enum RecipientState
{
    Pending,
    Accepted,
    Failed,
    Unknown,

    /// <summary>The submission was canceled before this recipient was tried with success.</summary>
    Canceled,
}
