namespace Gateway.Features.Submissions;

/// <summary>What became of one recipient.</summary>
public enum RecipientState
{
    Pending,
    Accepted,
    Failed,
    Unknown,
}
