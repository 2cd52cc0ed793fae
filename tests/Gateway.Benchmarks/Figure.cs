namespace Gateway.Benchmarks;

/// <summary>One line of the results.</summary>
/// <param name="Target">Empty when there is none: a figure for the record.</param>
/// <param name="Floors">The same on a raw client and on MailKit, taken in the same run.</param>
internal sealed record Figure(string What, string Measured, string Floors, string Ratio, string Target, bool Met);
