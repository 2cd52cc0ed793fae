using Gateway.Features.Messages;
using Gateway.Rendering;
using MimeKit;

namespace Gateway.Features.Submissions;

/// <summary>Makes the MIME part of an attachment.</summary>
internal static class AttachedPart
{
    private const string Bytes = "application/octet-stream";

    public static MimePart Of(SubmissionAttachment file, PartContent content)
    {
        var name = FileNames.Clean(file.FileName ?? content.FileName);
        var type = ContentType.Parse(file.ContentType ?? content.ContentType);
        if (type.MediaType.Equals("message", StringComparison.OrdinalIgnoreCase))
        {
            // Base64 is not for messages (RFC 2046 section 5.2.1), and as it is, one may hold bare CRs and long lines. So it travels as a file.
            type = ContentType.Parse(Bytes);
            name ??= "message.eml";
        }

        var inline = file.Disposition == AttachmentDisposition.Inline;
        // A name would make programs list a picture of the html among the files.
        if (!inline || file.ContentId is null) { name ??= "attachment" + (MimeTypes.TryGetExtension(type.MimeType, out var extension) ? extension : ""); }

        // As octets whatever the type: the builder would re-wrap a text.
        var part = new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(content.Bytes)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(inline ? ContentDisposition.Inline : ContentDisposition.Attachment),
        };
        if (name is not null) { part.FileName = name; } // in both headers

        if (file.ContentId is { } id) { part.ContentId = id; }

        return part;
    }
}
