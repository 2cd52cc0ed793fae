using System.Text;

namespace Gateway.Rendering;

/// <summary>
/// Names a message gives its elements. In a page, <c>id="body"</c> would take the place of the page's own
/// <c>document.body</c>; with the prefix that sanitisers in browsers use too, it takes the place of nothing.
/// </summary>
internal static class ClobberSafe
{
    public const string Prefix = "user-content-";

    public static string? Name(string? given)
    {
        if (string.IsNullOrWhiteSpace(given)) { return null; }
        var name = new StringBuilder(Prefix);
        foreach (var c in given)
        {
            if (char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':') { name.Append(c); }
        }

        return name.Length > Prefix.Length && name.Length <= 256 ? name.ToString() : null;
    }
}
