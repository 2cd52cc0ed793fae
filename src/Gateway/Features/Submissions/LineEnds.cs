namespace Gateway.Features.Submissions;

/// <summary>Every line end becomes CRLF: a bare CR that one server takes for a line end and another does not can smuggle a second mail (CVE-2023-51764 and its kin).</summary>
internal static class LineEnds
{
    public static string Normalise(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);

    public static MemoryStream Normalise(ReadOnlySpan<byte> bytes)
    {
        var normal = new MemoryStream(bytes.Length + (bytes.Length / 32));
        while (bytes.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end)
        {
            normal.Write(bytes[..end]);
            normal.Write("\r\n"u8);
            bytes = bytes[(end + (bytes[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        normal.Write(bytes);
        normal.Position = 0;
        return normal;
    }
}
