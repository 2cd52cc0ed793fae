using System.Collections.Frozen;

namespace Gateway.Rendering;

/// <summary>Images that are pixels and nothing else. An SVG is a document: it may hold script, styles and addresses.</summary>
internal static class RasterImages
{
    private static readonly FrozenSet<string> Types =
        new[] { "image/png", "image/jpeg", "image/jpg", "image/pjpeg", "image/gif", "image/webp", "image/bmp", "image/x-ms-bmp", "image/avif" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Types.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsType(string contentType) => Types.Contains(contentType);

    /// <summary>True for <c>data:image/png;base64,…</c> with nothing but base64 after the comma.</summary>
    public static bool IsData(ReadOnlySpan<char> url)
    {
        const string Scheme = "data:";
        const string Encoding = ";base64";
        var comma = url.IndexOf(',');
        if (comma < 0 || !url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) { return false; }

        var head = url[Scheme.Length..comma];
        if (!head.EndsWith(Encoding, StringComparison.OrdinalIgnoreCase)) { return false; }
        return Lookup.Contains(head[..^Encoding.Length]) && IsBase64(url[(comma + 1)..]);
    }

    private static bool IsBase64(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/' or '=' or '\r' or '\n' or ' ' or '\t')) { return false; }
        }

        return true;
    }
}
