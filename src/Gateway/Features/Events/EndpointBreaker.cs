namespace Gateway.Features.Events;

/// <summary>Spares a receiver that is down: while it fails, one try at a time and a pause between two; several side by side when it answers.</summary>
internal sealed class EndpointBreaker(TimeProvider clock) : IDisposable
{
    private const int FailuresToOpen = 5;
    private const int Together = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _free = new(Together);
    private readonly SemaphoreSlim _probe = new(1);
    private readonly Lock _lock = new();
    private int _failures;
    private TimeSpan _pause = FirstPause;
    private long _failedAt; // by the monotonic clock: one that is set back must not make the pause longer
    private TimeSpan _openFor;
    private TaskCompletionSource _recovered = New();

    private bool IsOpen
    {
        get { lock (_lock) { return _failures >= FailuresToOpen; } }
    }

    /// <summary>Runs a try when its turn has come.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, Func<T, bool> succeeded, CancellationToken ct)
    {
        var gate = IsOpen ? _probe : _free;
        await gate.WaitAsync(ct);
        try
        {
            if (gate == _probe && IsOpen)
            {
                TimeSpan left;
                lock (_lock) { left = _openFor - clock.GetElapsedTime(_failedAt); }

                if (left > TimeSpan.Zero) { await Task.Delay(left, clock, ct); }
            }

            var outcome = await attempt();
            Note(succeeded(outcome));
            return outcome;
        }
        finally { gate.Release(); }
    }

    /// <summary>Waits until it is time to try once more: not on when a receiver that failed answers again, which gets at once what it has missed.</summary>
    /// <remarks>A clock that leaps ahead (a machine that slept) ends the wait, one that is set back does not make it longer.</remarks>
    public async Task WaitAsync(DateTimeOffset due, CancellationToken ct)
    {
        var (began, planned, recovered) = (clock.GetTimestamp(), due - clock.GetUtcNow(), Volatile.Read(ref _recovered).Task);
        while (!recovered.IsCompleted && clock.GetUtcNow() < due && planned - clock.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(Task.Delay(left < LongestWait ? left : LongestWait, clock, over.Token), recovered);
            ct.ThrowIfCancellationRequested();
            await over.CancelAsync();
        }
    }

    public void Dispose()
    {
        _free.Dispose();
        _probe.Dispose();
    }

    private void Note(bool success)
    {
        lock (_lock)
        {
            if (!success)
            {
                if (++_failures < FailuresToOpen) { return; }

                (_failedAt, _openFor) = (clock.GetTimestamp(), _pause);
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
                return;
            }

            if (_failures == 0) { return; }

            (_failures, _pause) = (0, FirstPause);
        }

        Interlocked.Exchange(ref _recovered, New()).TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
