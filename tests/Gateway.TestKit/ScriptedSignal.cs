namespace Gateway.TestKit;

/// <summary>Lets a test await a condition instead of sleeping. Whoever changes something raises it; a slow tick covers what raises nothing.</summary>
public sealed class ScriptedSignal
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private TaskCompletionSource _next = New();

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <exception cref="TimeoutException">The condition did not come true in time.</exception>
    public async Task UntilAsync(Func<bool> condition, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (condition()) { return; }

            if (TimeProvider.System.GetElapsedTime(began) > Limit) { throw new TimeoutException("The condition did not come true."); }

            await Task.WhenAny(next, Task.Delay(Tick, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
