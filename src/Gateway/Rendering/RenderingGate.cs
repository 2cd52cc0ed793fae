namespace Gateway.Rendering;

/// <summary>Keeps hostile messages from taking every core at once in a parser that is not ours, and the reader of one from waiting for ever.</summary>
internal static class RenderingGate
{
    private static readonly SemaphoreSlim Slots = new(Environment.ProcessorCount);

    /// <param name="work">Cannot be cancelled, so it keeps its slot until it really ends, even when nobody waits any more.</param>
    /// <param name="tooLong">The way out: linear and small.</param>
    /// <param name="budget">How long to wait for the slot and the work together.</param>
    /// <param name="clock">Measures the budget.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<T> RunAsync<T>(Func<T> work, Func<T> tooLong, TimeSpan budget, TimeProvider clock, CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = RunInSlotAsync(work, waiting.Token);
        try
        {
            return await running.WaitAsync(budget, clock, ct);
        }
        catch (TimeoutException) when (!running.IsFaulted)
        {
            return tooLong();
        }
        finally
        {
            await waiting.CancelAsync(); // work that has not begun need not begin
        }
    }

    private static async Task<T> RunInSlotAsync<T>(Func<T> work, CancellationToken ct)
    {
        await Slots.WaitAsync(ct);
        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            Slots.Release();
        }
    }
}
