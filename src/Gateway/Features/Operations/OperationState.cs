namespace Gateway.Features.Operations;

/// <summary>How long work stands.</summary>
public enum OperationState
{
    Running,

    /// <summary>Every message was dealt with; some may have failed.</summary>
    Completed,

    /// <summary>It was stopped; what was done by then stays done.</summary>
    Canceled,
}
