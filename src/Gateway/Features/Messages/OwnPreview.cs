using Gateway.Mail.Imap;
using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>The beginning of a message's text, for servers that offer previews (RFC 8970) and have none.</summary>
internal static class OwnPreview
{
    /// <summary>Enough for a line, past a letterhead in HTML.</summary>
    private const int MaxBytes = 4 * 1024;

    public static async Task<string?> ReadAsync(MailboxLease lease, UniqueId uid, MessageFacts facts)
    {
        if (facts.Outline?.Parts is not { } parts || (parts.Text ?? parts.Html) is not { Octets: > 0 } part) { return null; }

        var octets = await FetchedPart.DecodedAsync(lease, uid, part, MaxBytes);
        var text = CharsetDecoding.Decode(octets.Bytes, part.ContentType.Charset).Text;
        return TextRendering.Preview(parts.Text is null ? TextRendering.FromHtml(text) : text);
    }
}
