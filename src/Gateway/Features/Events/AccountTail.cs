namespace Gateway.Features.Events;

/// <summary>The growing end of one account's log: one writer at a time, and a wake-up for the readers.</summary>
internal sealed class AccountTail
{
    private TaskCompletionSource _next = New();

    public SemaphoreSlim Writing { get; } = new(1);

    /// <summary>Number and time of the newest event, once they are known.</summary>
    public (long Number, DateTimeOffset At)? Last { get; set; }

    /// <summary>Completes at the next append.</summary>
    public Task NextAsync() => Volatile.Read(ref _next).Task;

    public void Wake() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
