using System.Collections.Frozen;
using System.Text;

namespace Gateway.Rendering.Html;

/// <summary>Reads addresses as a browser would, then decides by their parts, never by how they look.</summary>
internal static class SafeUrls
{
    private const int MaxLength = 8 * 1024;
    private static readonly char[] ControlsAndSpace = [.. Enumerable.Range(0, 33).Select(c => (char)c)];

    /// <summary>Loaded by the mere presence of the tag: everything with an address but the target of a link.</summary>
    private static readonly FrozenSet<string> Loading =
        new[] { "src", "srcset", "imagesrcset", "poster", "data", "background", "lowsrc", "dynsrc", "href", "xlink:href", "archive", "codebase" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LoadingNames = Loading.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsLoadingAttribute(ReadOnlySpan<char> name) => LoadingNames.Contains(name);

    /// <summary>Where a link may lead, or null. Relative addresses have no place to be relative to, except our own pages.</summary>
    public static string? Link(string? given)
    {
        if (Normalise(given) is not { } url || Scheme(url) is not { } scheme) { return null; }
        return scheme switch
        {
            "http" or "https" => Web(url, scheme),
            "mailto" or "tel" => scheme + url[scheme.Length..],
            _ => null,
        };
    }

    /// <summary>An address on some other host that would be loaded, or null.</summary>
    public static string? Remote(string? given)
    {
        if (Normalise(given) is not { } url) { return null; }
        if (url is ['/' or '\\', '/' or '\\', ..]) { url = "https:" + url; }
        return Scheme(url) is "http" or "https" ? Web(url, Scheme(url)!) : null;
    }

    public static string? ContentId(string? given) =>
        Normalise(given) is { } url && url.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)
            ? Uri.UnescapeDataString(url["cid:".Length..]).Trim('<', '>', ' ')
            : null;

    /// <summary>Browsers drop tabs and line ends anywhere and controls at both ends: "java&#9;script:" is a scheme to them.</summary>
    private static string? Normalise(string? given)
    {
        if (given is null) { return null; }
        var url = new StringBuilder(given.Length);
        foreach (var c in given)
        {
            if (c is not ('\t' or '\n' or '\r' or '\0')) { url.Append(c); }
        }

        var text = url.ToString().Trim(ControlsAndSpace);
        return text.Length is 0 or > MaxLength ? null : text;
    }

    private static string? Scheme(string url)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(url[0])) { return null; }
        var scheme = url[..colon];
        return scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? scheme.ToLowerInvariant() : null;
    }

    private static string? Web(string url, string scheme)
    {
        url = ForwardSlashes(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0) { return null; }

        // As written where both parsers must agree on it, so that signed links stay whole; else as parsed.
        var plain = url.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase);
        return plain ? scheme + url[scheme.Length..] : parsed.AbsoluteUri;
    }

    /// <summary>Before the query, a browser reads a backslash as a slash.</summary>
    private static string ForwardSlashes(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? url.Replace('\\', '/') : url[..end].Replace('\\', '/') + url[end..];
    }
}
