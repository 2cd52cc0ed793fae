namespace Gateway.Benchmarks;

/// <summary>Completes when something has happened so many times.</summary>
internal sealed class Countdown
{
    private TaskCompletionSource _all = new();
    private int _left;

    public Task Expect(int times)
    {
        (_all, _left) = (new(TaskCreationOptions.RunContinuationsAsynchronously), times);
        return _all.Task;
    }

    public void Signal()
    {
        if (Interlocked.Decrement(ref _left) == 0) { _all.SetResult(); }
    }
}
