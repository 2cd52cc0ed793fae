using System.Globalization;

namespace Gateway.Benchmarks;

/// <summary>What Linux says about a process's memory.</summary>
internal static class Memory
{
    public static double ResidentMiB(int process) => Read(process, "VmRSS:");

    /// <summary>The most it has held since <see cref="ForgetPeak"/>.</summary>
    public static double PeakMiB(int process) => Read(process, "VmHWM:");

    public static void ForgetPeak(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    private static double Read(int process, string field) => File.ReadLines($"/proc/{process}/status")
        .Where(l => l.StartsWith(field, StringComparison.Ordinal))
        .Select(l => double.Parse(l[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024)
        .First();
}
