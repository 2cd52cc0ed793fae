using Gateway.Mail.Imap;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>The beginning of one section of a message, in memory.</summary>
internal static class FetchedPart
{
    /// <summary>The bytes as they are, at most so many; none where the server has no such section.</summary>
    public static async Task<byte[]> ReadAsync(MailboxLease lease, UniqueId uid, string section, int most)
    {
        try { return await BytesAsync(); }
        catch (MessageNotFoundException) { await lease.RefreshAsync(); } // expunged, or the session has not heard of it yet

        try { return await BytesAsync(); }
        catch (MessageNotFoundException) { return []; }

        async Task<byte[]> BytesAsync()
        {
            await using var stream = await lease.Folder.GetStreamAsync(uid, section, 0, most, lease.CommandToken);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, lease.CommandToken);
            return bytes.ToArray();
        }
    }

    /// <summary>The same of a part, with its transfer encoding taken off.</summary>
    public static async Task<DecodedBytes> DecodedAsync(MailboxLease lease, UniqueId uid, BodyPartBasic part, int most) =>
        TransferDecoding.Decode(await ReadAsync(lease, uid, PartFacts.Section(part), most), part.ContentTransferEncoding);
}
