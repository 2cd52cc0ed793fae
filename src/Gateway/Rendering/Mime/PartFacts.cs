using MailKit;
using MimeKit;

namespace Gateway.Rendering.Mime;

/// <summary>What one part says about itself, made fit to pass on.</summary>
internal static class PartFacts
{
    /// <summary>IMAP numbers the only part of a simple message 1; a multipart at the top has no number, so it gets 0.</summary>
    public static string Id(BodyPart part) =>
        part.PartSpecifier.Length > 0 ? part.PartSpecifier : part is BodyPartMultipart ? "0" : "1";

    /// <summary>What to FETCH for the part's bytes. The only part of a simple message is everything below the header; no section at all would be the header too.</summary>
    public static string Section(BodyPart part) => part.PartSpecifier.Length > 0 ? part.PartSpecifier : "TEXT";

    /// <summary>What an attached message is made of. The library numbers its only part like the message itself; its number is one level down (RFC 9051 section 6.4.5).</summary>
    public static BodyPart? BodyOf(BodyPartMessage message)
    {
        var body = message.Body;
        if (body is not null and not BodyPartMultipart && body.PartSpecifier == message.PartSpecifier) { body.PartSpecifier += ".1"; }

        return body;
    }

    public static string Type(BodyPart part) => Type(part.ContentType);

    public static string Type(ContentType? given)
    {
        var type = $"{given?.MediaType}/{given?.MediaSubtype}".ToLowerInvariant();
        return type.Length is > 2 and < 128 && type.All(c => char.IsAsciiLetterOrDigit(c) || "/!#$&^_.+-".Contains(c, StringComparison.Ordinal))
            ? type
            : "application/octet-stream";
    }

    public static string? FileName(BodyPart part) => FileNames.Clean((part as BodyPartBasic)?.FileName);

    public static string? Disposition(BodyPart part) => (part as BodyPartBasic)?.ContentDisposition?.Disposition switch
    {
        null or "" => null,
        var said when said.Equals(ContentDisposition.Inline, StringComparison.OrdinalIgnoreCase) => "inline",
        _ => "attachment", // RFC 2183, section 2.8: what is not known is an attachment
    };

    public static string? ContentId(BodyPart part)
    {
        var id = (part as BodyPartBasic)?.ContentId?.Trim().Trim('<', '>');
        return id is { Length: > 0 and < 1000 } && !id.Any(char.IsControl) ? id : null;
    }

    /// <summary>Base64 writes 57 bytes as a line of 76 characters and a line end.</summary>
    public static long Size(BodyPart part) => part switch
    {
        BodyPartBasic basic when "base64".Equals(basic.ContentTransferEncoding, StringComparison.OrdinalIgnoreCase) => basic.Octets * 57L / 78,
        BodyPartBasic basic => basic.Octets,
        _ => 0,
    };
}
