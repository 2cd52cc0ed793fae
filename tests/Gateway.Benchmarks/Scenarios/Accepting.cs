using System.Diagnostics;
using System.Net.Http.Json;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>What it takes to promise a mail: the POST until its 202, against one write of the same size that is on the disk when it returns.</summary>
/// <remarks>On the disk of the temporary files, since memory has no fsync to pay for. The mails are held, so that nothing but their acceptance is measured.</remarks>
internal static class Accepting
{
    private const int WarmUp = 500;
    private const int Rounds = 500;
    private const int AtOnce = 32;
    private const int Burst = 4000;
    private const int Size = 4096;
    private const double MostFactor = 4;
    private const double LeastRate = 500;
    private static readonly string Text = string.Concat(Enumerable.Repeat("Sixty-two characters of text, and a line break after them ...\r\n", 64));

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand inMemory, CancellationToken ct)
    {
        var disk = Directory.CreateTempSubdirectory("gateway-disk-");
        try
        {
            await using var stand = await Stand.StartAsync(inMemory.Mail, ct, disk.FullName);
            return await MeasureAsync(stand, disk.FullName, ct);
        }
        finally { disk.Delete(recursive: true); }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Stand stand, string disk, CancellationToken ct)
    {
        var account = await stand.AddAccountAsync(stand.Mail.NewUser("sender"), ct);
        await using var file = new FileStream(Path.Combine(disk, "floor"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var bytes = new byte[Size];
        var taken = await Samples.InTurnAsync(
            WarmUp, Rounds,
            async _ =>
            {
                await file.WriteAsync(bytes, ct);
                file.Flush(flushToDisk: true);
            },
            _ => SubmitAsync(stand, account, ct));

        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Burst, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (_, stop) => await SubmitAsync(stand, account, stop));
        var rate = Burst / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var factor = taken[1].P50 / taken[0].P50;
        return
        [
            new("A mail of 4 KB accepted, from POST to 202", $"{taken[1]}", $"a write of 4 KB with fsync {taken[0]}", Stand.Times(factor), $"≤ {MostFactor:0.00} × the write", factor <= MostFactor),
            new($"Mails of 4 KB accepted a second, {AtOnce} at once", $"{rate:0}/s", "", "", $"≥ {LeastRate:0}/s", rate >= LeastRate),
        ];
    }

    private static async Task SubmitAsync(Stand stand, BenchAccount account, CancellationToken ct)
    {
        var mail = new { to = new[] { new { address = "sink@discard.test" } }, subject = "Benchmark", text = Text, hold = true };
        using var answer = await stand.Http.PostAsJsonAsync($"/v1/accounts/{account.Id}/submissions", mail, ct);
        if (!answer.IsSuccessStatusCode) { throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(ct)); }
    }
}
