using Gateway.Mail;
using Gateway.Storage;

namespace Gateway.Features.Events;

/// <summary>Events of one account on their way into the log, with the change that they tell of.</summary>
/// <param name="Change">Makes the change within the transaction; again in a new one when another append spoiled the first.</param>
/// <param name="Hurries">Somebody waits for it; otherwise it may wait a moment for company.</param>
internal sealed record Append(
    AccountId Account, IReadOnlyList<NewEvent> Events, Func<GatewayDb, CancellationToken, Task> Change, bool Hurries, CancellationToken Ct)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    /// <summary>The events as they were written.</summary>
    public IReadOnlyList<EventRecord> Written { get; set; } = [];

    /// <summary>False when it was cancelled: the caller has been told.</summary>
    public bool Begin() => !Ct.IsCancellationRequested || !_done.TrySetCanceled(Ct);

    public void Complete() => _done.SetResult();

    public void Fail(Exception error) => _done.SetException(error);
}
