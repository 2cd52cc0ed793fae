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
    /// <summary>Reads a part into memory, for sending it on: as much of it as its structure declares, whatever the server goes on to send.</summary>
    public static async Task<PartContent> ReadAsync(MailboxLease lease, UniqueId uid, BodyPartBasic part, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await CopyAsync(lease, uid, part, part.Octets, bytes, ct);
        return new(bytes.ToArray(), PartFacts.Type(part), PartFacts.FileName(part));
    }

    /// <summary>The part's place in the message's structure, or null.</summary>
    public static async Task<BodyPart?> FindAsync(MailboxLease lease, UniqueId uid, string partId) =>
        await StructureAsync(lease, uid) is { } body ? BodyParts.Find(body, partId) : null;

    /// <summary>What the message is made of; null when it is gone.</summary>
    public static async Task<BodyPart?> StructureAsync(MailboxLease lease, UniqueId uid) =>
        await lease.Folder.FetchAsync([uid], MessageSummaryItems.UniqueId | MessageSummaryItems.BodyStructure, lease.CommandToken) is [{ Body: { } body }] ? body : null;

    /// <summary>Streams a part, its transfer encoding taken off as it passes.</summary>
    public static Task CopyAsync(MailboxLease lease, UniqueId uid, BodyPart part, Stream target, CancellationToken ct) =>
        CopyAsync(lease, uid, part, long.MaxValue, target, ct);

    private static async Task CopyAsync(MailboxLease lease, UniqueId uid, BodyPart part, long octets, Stream target, CancellationToken ct)
    {
        await using var decoded = new FilteredStream(target);
        if (DecoderOf(part) is { } decoder) { decoded.Add(decoder); }

        await Downloads.CopyAsync(lease, uid, PartFacts.Section(part), 0, octets, decoded, ct);
        await decoded.FlushAsync(ct);
    }

    /// <summary>What takes the transfer encoding off; null when the bytes are as they came.</summary>
    public static IMimeFilter? DecoderOf(BodyPart part) =>
        part is BodyPartBasic { ContentTransferEncoding: { } transfer } && MimeUtils.TryParse(transfer, out ContentEncoding encoding)
            && encoding is not (ContentEncoding.Default or ContentEncoding.SevenBit or ContentEncoding.EightBit or ContentEncoding.Binary)
                ? DecoderFilter.Create(encoding)
                : null;
}
