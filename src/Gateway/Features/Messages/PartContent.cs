using Gateway.Mail.Imap;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using MailKit;
using MimeKit;
using MimeKit.IO;
using MimeKit.IO.Filters;
using MimeKit.Utils;

namespace Gateway.Features.Messages;

/// <summary>The decoded bytes of one part.</summary>
internal sealed record PartContent(byte[] Bytes, string ContentType, string? FileName)
{
    /// <summary>Reads a part into memory, for sending it on; null when the message has no such part.</summary>
    public static async Task<PartContent?> ReadAsync(MailboxLease lease, UniqueId uid, string partId, CancellationToken ct)
    {
        if (await FindAsync(lease, uid, partId) is not { } part) { return null; }

        using var bytes = new MemoryStream();
        await CopyAsync(lease, uid, part, bytes, ct);
        return new(bytes.ToArray(), PartFacts.Type(part), PartFacts.FileName(part));
    }

    /// <summary>The part's place in the message's structure, or null.</summary>
    public static async Task<BodyPart?> FindAsync(MailboxLease lease, UniqueId uid, string partId)
    {
        var found = await lease.Folder.FetchAsync([uid], MessageSummaryItems.UniqueId | MessageSummaryItems.BodyStructure, lease.CommandToken);
        return found is [{ Body: { } body }] ? BodyParts.Find(body, partId) : null;
    }

    /// <summary>Streams a part, its transfer encoding taken off as it passes.</summary>
    public static async Task CopyAsync(MailboxLease lease, UniqueId uid, BodyPart part, Stream target, CancellationToken ct)
    {
        await using var decoded = new FilteredStream(target);
        if (part is BodyPartBasic { ContentTransferEncoding: { } transfer } && MimeUtils.TryParse(transfer, out ContentEncoding encoding))
        {
            decoded.Add(DecoderFilter.Create(encoding));
        }

        await Downloads.CopyAsync(lease, uid, PartFacts.Section(part), 0, long.MaxValue, decoded, ct);
        await decoded.FlushAsync(ct);
    }
}
