using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Rendering.Mime;
using MailKit;
using Microsoft.Extensions.Caching.Memory;
using MimeKit.IO;

namespace Gateway.Features.Messages;

/// <summary>Ranges over the decoded bytes of a part, in bounded memory.</summary>
/// <remarks>
/// A server knows the length before decoding, and lines are not all equally long: where an encoding has to be taken off, a range is
/// found by decoding from the beginning, and the length by decoding it all, once.
/// </remarks>
internal sealed class PartRange : IDisposable
{
    private const int MaxLengths = 10_000;

    private readonly MemoryCache _lengths = new(new MemoryCacheOptions { SizeLimit = MaxLengths });

    /// <summary>How many bytes the part has once decoded.</summary>
    public async Task<long> LengthAsync(MailboxLease lease, AccountId account, MessageLocation at, BodyPart part, CancellationToken ct)
    {
        if (part is BodyPartBasic plain && PartContent.DecoderOf(part) is null) { return plain.Octets; }

        var key = (account, at, part.PartSpecifier);
        if (_lengths.TryGetValue(key, out long known)) { return known; }

        await using var counted = new CutStream(Stream.Null, 0, long.MaxValue);
        await PartContent.CopyAsync(lease, lease.Uid(at), part, counted, ct);
        // A UID names the same bytes for good.
        return _lengths.Set(key, counted.Position, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });
    }

    public static async Task CopyAsync(MailboxLease lease, UniqueId uid, BodyPart part, long from, long length, Stream target, CancellationToken ct)
    {
        var section = PartFacts.Section(part);
        if (PartContent.DecoderOf(part) is not { } decoder)
        {
            await Downloads.CopyAsync(lease, uid, section, from, length, target, ct);
            return;
        }

        await using var cut = new CutStream(target, from, length);
        await using var decoded = new FilteredStream(cut);
        decoded.Add(decoder);
        for (long at = 0, copied = Downloads.PieceBytes; copied == Downloads.PieceBytes && !cut.IsDone; at += copied)
        {
            copied = await Downloads.CopyAsync(lease, uid, section, at, Downloads.PieceBytes, decoded, ct);
        }

        await decoded.FlushAsync(ct);
    }

    public void Dispose() => _lengths.Dispose();
}
