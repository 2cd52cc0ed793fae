using System.Text;
using Gateway.Rendering.Mime;

namespace Gateway.Rendering;

/// <summary>Bytes of a message to text. Always gives an answer; a wrong guess is a defect, never an exception.</summary>
internal static class CharsetDecoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="bytes">With the transfer encoding taken off.</param>
    /// <param name="charset">As declared, or null.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var declared = charset?.Trim(' ', '"', '\'', ';').ToLowerInvariant();
        if (Charsets.ByMark(bytes, out var length) is { } marked) { return Plain(marked.GetString(bytes[length..])); }

        if (string.IsNullOrEmpty(declared) || Charsets.IsAscii(declared)) { return Plain(Guess(bytes)); }

        if (Charsets.IsUtf7(declared))
        {
            // Its text looks like plain ASCII to everything that checks it and like markup to whatever decodes it.
            return new DecodedText(
                Guess(bytes), [new Defect(DefectCodes.CharsetRefused, "The message uses UTF-7, which is not decoded because it can hide markup.")]);
        }

        if (Charsets.Find(declared) is not { } encoding)
        {
            return new DecodedText(
                Guess(bytes), [new Defect(DefectCodes.UnknownCharset, "The message names a charset that is not known; its characters may be wrong.")]);
        }

        var text = encoding.GetString(bytes);
        return text.Contains('\ufffd', StringComparison.Ordinal)
            ? new DecodedText(text, [new Defect(DefectCodes.InvalidCharacters, "Some bytes of the message mean nothing in the charset it names.")])
            : Plain(text);
    }

    private static DecodedText Plain(string text) => new(text, []);

    /// <summary>Text in another charset is almost never valid UTF-8 by chance, and windows-1252 has a character for each byte.</summary>
    private static string Guess(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Charsets.Western.GetString(bytes);
        }
    }
}
