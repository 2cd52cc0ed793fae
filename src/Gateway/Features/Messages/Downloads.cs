using Gateway.Mail.Imap;
using MailKit;
using Microsoft.Net.Http.Headers;

namespace Gateway.Features.Messages;

/// <summary>Streams parts of messages from the IMAP server in bounded memory, and keeps what is downloaded from being run in our origin.</summary>
internal static class Downloads
{
    /// <summary>One FETCH asks for this much: large enough that round trips do not show, small enough for the memory of many downloads.</summary>
    public const int PieceBytes = 384 * 1024;

    public static void Protect(HttpResponse response, string fileName)
    {
        // A file name in both forms of RFC 6266; the policy for a browser that opens it all the same.
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
    }

    /// <summary>Copies bytes <paramref name="from"/> on of a whole message, at most <paramref name="length"/> of them.</summary>
    public static async Task CopyMessageAsync(MailboxLease lease, UniqueId uid, long from, long length, Stream target, CancellationToken ct)
    {
        if (await CopyAsync(lease, uid, "", from, length, target, ct) > 0) { return; }

        // Exchange gives nothing for the whole of some messages, but both its halves.
        var header = await CopyAsync(lease, uid, "HEADER", 0, long.MaxValue, Stream.Null, ct);
        var copied = from < header ? await CopyAsync(lease, uid, "HEADER", from, Math.Min(length, header - from), target, ct) : 0;
        await CopyAsync(lease, uid, "TEXT", Math.Max(0, from - header), length - copied, target, ct);
    }

    /// <summary>Copies bytes <paramref name="from"/> on, at most <paramref name="length"/> of them, until the section ends. Returns how many there were.</summary>
    /// <remarks>Each piece is a command of its own: a client that goes away costs the rest of a piece, not the connection.</remarks>
    public static async Task<long> CopyAsync(MailboxLease lease, UniqueId uid, string section, long from, long length, Stream target, CancellationToken ct)
    {
        var first = from;
        for (var end = length > long.MaxValue - from ? long.MaxValue : from + length; from < end;)
        {
            ct.ThrowIfCancellationRequested();
            var wanted = (int)Math.Min(PieceBytes, end - from);
            await using var piece = await PieceAsync(lease, uid, section, checked((int)from), wanted);
            await piece.CopyToAsync(target, ct);
            from += piece.Length;
            if (piece.Length < wanted) { break; }
        }

        return from - first;
    }

    /// <summary>MailKit takes NIL, which is no bytes, for a message that is gone.</summary>
    private static async Task<Stream> PieceAsync(MailboxLease lease, UniqueId uid, string section, int from, int wanted)
    {
        try { return await lease.Folder.GetStreamAsync(uid, section, from, wanted, lease.CommandToken); }
        catch (MessageNotFoundException)
        {
            if (await lease.Folder.FetchAsync([uid], MessageSummaryItems.UniqueId, lease.CommandToken) is [_]) { return Stream.Null; }

            throw;
        }
    }

    /// <summary>The one range of a request; several, or another unit, are answered whole (RFC 9110 section 14.2).</summary>
    /// <remarks>So is an If-Range: its validator cannot be ours, since we give none (section 13.1.5).</remarks>
    public static RangeItemHeaderValue? RangeOf(HttpRequest request) =>
        request.GetTypedHeaders() is { IfRange: null, Range: { Unit.Value: "bytes", Ranges: { Count: 1 } ranges } } ? ranges.First() : null;

    /// <summary>Heads the answer to a range, and returns its first byte and number of bytes; null when none of it exists.</summary>
    public static (long From, long Length)? Begin(HttpResponse response, RangeItemHeaderValue range, long size)
    {
        if (Resolve(range, size) is not (var from, var length))
        {
            response.Headers.ContentRange = new ContentRangeHeaderValue(size).ToString();
            return null;
        }

        response.StatusCode = StatusCodes.Status206PartialContent;
        response.ContentLength = length;
        response.Headers.ContentRange = new ContentRangeHeaderValue(from, from + length - 1, size).ToString();
        return (from, length);
    }

    private static (long From, long Length)? Resolve(RangeItemHeaderValue range, long size)
    {
        var from = range.From ?? Math.Max(0, size - range.To!.Value);
        var to = range.From is null ? size - 1 : Math.Min(range.To ?? size - 1, size - 1);
        return from <= to ? (from, to - from + 1) : null;
    }
}
