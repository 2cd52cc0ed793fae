using System.Collections.Frozen;
using System.Text;
using Gateway.Rendering.Text;
using MimeKit.Utils;

namespace Gateway.Rendering;

/// <summary>Names of attachments come from strangers and end up in headers, on screens and on disks.</summary>
internal static class FileNames
{
    /// <summary>To Windows these are devices, with any extension.</summary>
    private static readonly FrozenSet<string> Devices =
        new[] { "con", "prn", "aux", "nul", "conin$", "conout$" }
            .Concat(Enumerable.Range(0, 10).SelectMany(n => new[] { $"com{n}", $"lpt{n}" }))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that is one name: no path, no device, no hidden order of letters. Null when nothing is left.</summary>
    public static string? Clean(string? given)
    {
        if (string.IsNullOrWhiteSpace(given)) { return null; }

        // Names past this are not names; the decoder should not see them.
        given = TextRendering.CutAt(given, 16 * RenderingLimits.FileNameLength);
        var decoded = given.Contains("=?", StringComparison.Ordinal) ? Rfc2047.DecodeText(Encoding.UTF8.GetBytes(given)) : given;
        if (string.IsNullOrWhiteSpace(decoded)) { decoded = given; }

        var name = new StringBuilder(decoded.Length);
        foreach (var c in Characters.Line(decoded))
        {
            if (Characters.IsInvisible(c)) { continue; }
            name.Append(c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : c);
        }

        var clean = Shorten(name.ToString().Trim(' ', '.'));
        if (clean.Trim('_', '.', ' ').Length == 0) { return null; }
        return Devices.Contains(clean.Split('.')[0].TrimEnd()) ? "_" + clean : clean;
    }

    /// <summary>The extension tells what the file is, so the middle goes.</summary>
    private static string Shorten(string name)
    {
        if (name.Length <= RenderingLimits.FileNameLength) { return name; }
        var dot = name.LastIndexOf('.');
        var extension = dot >= 0 && name.Length - dot <= 16 ? name[dot..] : "";
        return TextRendering.CutAt(name, RenderingLimits.FileNameLength - extension.Length) + extension;
    }
}
