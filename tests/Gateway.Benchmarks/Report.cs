using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Benchmarks;

/// <summary>The figures as a page.</summary>
internal static class Report
{
    public static string Table(IEnumerable<Figure> figures) => string.Join('\n',
    [
        "| What | Through Gateway | Floors in the same run | Ratio | Target | |",
        "| --- | --- | --- | --- | --- | --- |",
        .. figures.Select(f => $"| {f.What} | {f.Measured} | {f.Floors} | {f.Ratio} | {f.Target} | {(f.Target == "" ? "" : f.Met ? "met" : "**missed**")} |"),
    ]);

    public static Task WriteAsync(string table, string scenarios, string load, CancellationToken ct) => File.WriteAllTextAsync(Place(), $"""
        # Results

        Every figure is taken in one run with its floors, so compare the ratios; the times alone say as much about the machine as about Gateway.
        *Raw* is a socket client that reads responses and does not parse them; *MailKit* is the same call on a ready client. Times are p50, of servers that have been up for a while: compiled, and with sessions open.

        - Machine: {Machine()}
        - Load average before the run: {load} (above 1 the machine had other work, and even the ratios are coarse)
        - Date: {DateTimeOffset.UtcNow:yyyy-MM-dd}
        - Command: `dotnet run -c Release --project tests/Gateway.Benchmarks -- {scenarios} --write` (as root: it starts Dovecot and Postfix)

        {table}

        - *Message opened for the first time*: a fetch of its bytes, as MailKit's figure is, and besides HTTP, its html made safe, and JSON. Later openings are answered from memory.
        - *From POST to 250*: what an application sees of the whole way, with each mail stored durably before its 202 and three events written and pushed to a subscriber. It shares two cores with Postfix, which takes 1.4 ms of them for a mail. The targets are held against the pool, which is what speaks SMTP, and against a queue that was accepted before, where nobody posts beside it.

        """, ct);

    private static string Machine()
    {
        var cpu = Regex.Match(File.ReadAllText("/proc/cpuinfo"), @"model name\s*:\s*(.*)").Groups[1].Value;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores ({cpu}), {memory:0} GiB, .NET {Environment.Version}; servers, Gateway and load on the same cores, mail in memory");
    }

    /// <summary>Beside the sources: the binary lies in artifacts/bin/PROJECT/CONFIGURATION/ of the same repository.</summary>
    private static string Place() =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "Gateway.Benchmarks", "RESULTS.md"));
}
