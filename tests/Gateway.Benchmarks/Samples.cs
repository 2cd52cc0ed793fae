using System.Diagnostics;
using System.Globalization;

namespace Gateway.Benchmarks;

/// <summary>Times of one kind of call, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _all = [];

    public double P50 => At(.5);

    public double P99 => At(.99);

    public static Samples Of(IEnumerable<Samples> parts)
    {
        var all = new Samples();
        foreach (var part in parts) { all._all.AddRange(part._all); }

        return all;
    }

    public void Add(double milliseconds) => _all.Add(milliseconds);

    public async Task TakeAsync(Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>Calls each kind in turn, so that whatever else the machine does falls on all of them alike.</summary>
    public static async Task<Samples[]> InTurnAsync(int warmUp, int rounds, params Func<int, Task>[] calls)
    {
        var taken = calls.Select(_ => new Samples()).ToArray();
        for (var round = 0; round < warmUp + rounds; round++)
        {
            var now = round;
            for (var kind = 0; kind < calls.Length; kind++)
            {
                var call = calls[kind];
                if (now < warmUp) { await call(now); }
                else { await taken[kind].TakeAsync(() => call(now)); }
            }
        }

        return taken;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{P50:0.00} ms (p95 {At(.95):0.00})");

    private double At(double share)
    {
        var sorted = _all.Order().ToList();
        return sorted[(int)(share * (sorted.Count - 1))];
    }
}
