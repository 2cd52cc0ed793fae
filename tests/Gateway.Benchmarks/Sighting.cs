using System.Diagnostics;

namespace Gateway.Benchmarks;

/// <summary>When each of several readers saw one mail.</summary>
internal sealed class Sighting(int readers)
{
    private readonly long[] _at = new long[readers];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = readers;

    public Task All => _all.Task;

    /// <summary>This reader sees it now; only its first look counts.</summary>
    public void See(int reader)
    {
        if (Interlocked.CompareExchange(ref _at[reader], Stopwatch.GetTimestamp(), 0) != 0) { return; }

        if (Interlocked.Decrement(ref _left) == 0) { _all.SetResult(); }
    }

    /// <summary>Milliseconds from a moment to the look of this reader.</summary>
    public double Since(long moment, int reader) => Stopwatch.GetElapsedTime(moment, _at[reader]).TotalMilliseconds;

    /// <summary>By how many milliseconds this reader was later than another.</summary>
    public double Later(int reader, int than) => Since(_at[than], reader);

    /// <summary>Which readers have not seen it.</summary>
    public IEnumerable<int> Missing => Enumerable.Range(0, _at.Length).Where(reader => Volatile.Read(ref _at[reader]) == 0);
}
