using System.Text;
using Gateway.Rendering.Html;
using Gateway.Rendering.Mime;

namespace Gateway.Rendering;

/// <summary>How a mailing says one can leave it (RFC 2369 section 3.2).</summary>
/// <param name="Url">A page to open.</param>
/// <param name="Mailto">An address to write to, as a mailto URL.</param>
/// <param name="OneClick">Whether a POST to <c>…/unsubscribe</c> does it (RFC 8058).</param>
public sealed record ListUnsubscribe(string? Url, string? Mailto, bool OneClick)
{
    private const int MaxLength = 4 * 1024;
    private const int MaxUrls = 20;

    internal static ListUnsubscribe? Read(HeaderFields header)
    {
        if (header["list-unsubscribe"] is not { Length: <= MaxLength } field) { return null; }

        var urls = Bracketed(Encoding.UTF8.GetString(field)).Take(MaxUrls).Select(SafeUrls.Link).OfType<string>().ToList();
        var (url, mailto) = (urls.Find(u => u.StartsWith("http", StringComparison.Ordinal)), urls.Find(u => u.StartsWith("mailto:", StringComparison.Ordinal)));
        if (urls.Find(u => u.StartsWith("https:", StringComparison.Ordinal)) is { } safe) { url = safe; }

        var offered = header["list-unsubscribe-post"] is { } post
            && Encoding.ASCII.GetString(post).Trim().Equals("List-Unsubscribe=One-Click", StringComparison.OrdinalIgnoreCase);
        return url is null && mailto is null ? null : new(url, mailto, offered && url is ['h', 't', 't', 'p', 's', ..]);
    }

    private static IEnumerable<string> Bracketed(string list)
    {
        for (var at = list.IndexOf('<', StringComparison.Ordinal); at >= 0; at = list.IndexOf('<', at + 1))
        {
            var end = list.IndexOf('>', at);
            if (end < 0) { yield break; }

            yield return list[(at + 1)..end].Replace(" ", "", StringComparison.Ordinal);
        }
    }
}
