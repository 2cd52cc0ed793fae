using System.Collections.Frozen;
using System.Text;

namespace Gateway.Rendering.Mime;

/// <summary>
/// Splits a header into its fields, in one linear pass. The library's own parser is kept for single fields of bounded
/// length, as its time grows with the square of a field's length.
/// </summary>
internal sealed class HeaderFields
{
    /// <summary>Of these RFC 5322, section 3.6, allows one. Readers disagree which one counts, so the first does and it is said.</summary>
    private static readonly FrozenSet<string> Once =
        new[] { "from", "to", "cc", "bcc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly List<HeaderField> _all = [];
    private readonly Dictionary<string, byte[]> _first = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Defect> _defects = [];

    /// <summary>In the order of the header; a field over 64 KB is left out.</summary>
    public IReadOnlyList<HeaderField> All => _all;

    public IReadOnlyList<Defect> Defects => _defects;

    /// <summary>The first field of a name.</summary>
    public byte[]? this[string name] => _first.GetValueOrDefault(name);

    public static HeaderFields Read(ReadOnlySpan<byte> header)
    {
        var fields = new HeaderFields();
        if (header.Length > RenderingLimits.HeaderLength)
        {
            header = header[..RenderingLimits.HeaderLength];
            fields.Note(DefectCodes.HeaderTooLong, "The message's header is longer than 256 KB; the rest of it was not read.");
        }

        while (!header.IsEmpty)
        {
            var end = EndOfField(header);
            var field = header[..end];
            if (field.Trim("\r\n"u8).IsEmpty) { break; } // the empty line before the body
            fields.Add(field);
            header = header[end..];
        }

        return fields;
    }

    private static int EndOfField(ReadOnlySpan<byte> header)
    {
        var at = 0;
        while (header[at..].IndexOf((byte)'\n') is >= 0 and var found)
        {
            at += found + 1;
            var folded = at < header.Length && header[at] is (byte)' ' or (byte)'\t' && header[..at].Trim("\r\n"u8).Length > 0;
            if (at >= header.Length || !folded) { return at; }
        }

        return header.Length;
    }

    private void Add(ReadOnlySpan<byte> field)
    {
        var colon = field.IndexOf((byte)':');
        if (colon is < 1 or > 64) { return; }
        var name = Encoding.ASCII.GetString(field[..colon]).TrimEnd();
        if (!name.All(c => c is > ' ' and < '\x7f')) { return; }

        if (field.Length > RenderingLimits.HeaderFieldLength)
        {
            Note(DefectCodes.HeaderTooLong, $"The message's {Spelled(name)} field is longer than 64 KB and was not read.");
            return;
        }

        var value = Unfold(field[(colon + 1)..]);
        _all.Add(new(name, value));
        if (!_first.TryAdd(name, value) && Once.Contains(name))
        {
            Note(DefectCodes.HeaderDuplicate, $"The message has more than one {Spelled(name)} field; the first is shown.");
        }
    }

    private static string Spelled(string name) => name.ToLowerInvariant();

    private static byte[] Unfold(ReadOnlySpan<byte> value)
    {
        var unfolded = new List<byte>(value.Length);
        foreach (var b in value)
        {
            if (b is not ((byte)'\r' or (byte)'\n' or 0)) { unfolded.Add(b); }
        }

        return [.. unfolded];
    }

    private void Note(string code, string detail)
    {
        var defect = new Defect(code, detail);
        if (!_defects.Contains(defect)) { _defects.Add(defect); }
    }
}
