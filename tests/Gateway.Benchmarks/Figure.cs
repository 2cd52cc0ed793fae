namespace Gateway.Benchmarks;

/// <summary>One line of the results.</summary>
/// <param name="Target">Empty when there is none: a figure for the record.</param>
/// <param name="Floors">The same on a raw client and on MailKit, taken in the same run.</param>
internal sealed record Figure(string What, string Measured, string Floors, string Ratio, string Target, bool Met)
{
    /// <summary>Raw, MailKit and Gateway side by side, held against one of the floors.</summary>
    public static Figure Of(string what, Samples[] taken, string floor, double most)
    {
        var ratio = taken[2].P50 / taken[floor == "raw" ? 0 : 1].P50;
        return new(what, $"{taken[2]}", $"raw {taken[0]}, MailKit {taken[1]}", Stand.Times(ratio), FormattableString.Invariant($"≤ {most:0.00} × {floor}"), ratio <= most);
    }
}
