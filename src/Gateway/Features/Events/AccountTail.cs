namespace Gateway.Features.Events;

/// <summary>The growing end of one account's log: a wake-up for the readers.</summary>
internal sealed class AccountTail
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next append.</summary>
    public Task NextAsync() => Volatile.Read(ref _next).Task;

    public void Wake() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
