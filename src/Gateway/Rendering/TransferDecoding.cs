using MimeKit;
using MimeKit.IO.Filters;
using MimeKit.Utils;

namespace Gateway.Rendering;

/// <summary>Takes off base64, quoted-printable and their like.</summary>
internal static class TransferDecoding
{
    /// <param name="bytes">As they came; perhaps only the first of them.</param>
    /// <param name="encoding">As declared, or null.</param>
    public static DecodedBytes Decode(byte[] bytes, string? encoding)
    {
        var name = encoding?.Trim().ToLowerInvariant() ?? "";
        if (name is "" or "7bit" or "8bit" or "binary") { return new DecodedBytes(bytes, []); }

        if (!MimeUtils.TryParse(name, out ContentEncoding known) || known is ContentEncoding.Default)
        {
            return Bad(bytes, "The message names a transfer encoding that is not known; it is shown as it came.");
        }

        var decoded = DecoderFilter.Create(known).Flush(bytes, 0, bytes.Length, out var start, out var length);
        var plain = decoded.AsSpan(start, length).ToArray();
        return IsClean(bytes, known) ? new DecodedBytes(plain, []) : Bad(plain, "The message's transfer encoding is broken; parts of it may be missing.");
    }

    private static DecodedBytes Bad(byte[] bytes, string detail) => new(bytes, [new Defect(DefectCodes.BadTransferEncoding, detail)]);

    private static bool IsClean(ReadOnlySpan<byte> bytes, ContentEncoding encoding) => encoding switch
    {
        ContentEncoding.Base64 => IsBase64(bytes),
        ContentEncoding.QuotedPrintable => IsQuotedPrintable(bytes),
        _ => true,
    };

    private static bool IsBase64(ReadOnlySpan<byte> bytes)
    {
        var ended = false;
        foreach (var b in bytes)
        {
            if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') { continue; }
            if (b == '=') { ended = true; }
            else if (ended || !(char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/')) { return false; }
        }

        return true;
    }

    private static bool IsQuotedPrintable(ReadOnlySpan<byte> bytes)
    {
        for (var rest = bytes; rest.IndexOf((byte)'=') is >= 0 and var at; rest = rest[(at + 1)..])
        {
            var after = rest[(at + 1)..].TrimStart(" \t"u8); // spaces may stand before a soft line end
            var soft = after.IsEmpty || after[0] is (byte)'\r' or (byte)'\n';
            var hex = rest.Length > at + 2 && char.IsAsciiHexDigit((char)rest[at + 1]) && char.IsAsciiHexDigit((char)rest[at + 2]);
            var cut = rest.Length == at + 2 && char.IsAsciiHexDigit((char)rest[at + 1]);
            if (!soft && !hex && !cut) { return false; }
        }

        return true;
    }
}
