namespace Gateway.Features.Submissions;

/// <summary>Every line end becomes CRLF: a bare CR that one server takes for a line end and another does not can smuggle a second mail (CVE-2023-51764 and its kin).</summary>
internal static class LineEnds
{
    public static string Normalise(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);
}
