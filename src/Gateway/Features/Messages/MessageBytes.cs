using Gateway.Mail.Imap;
using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>Where the bytes of a message come from: a small one is fetched whole, since a round trip costs more than some kilobytes; of others only what is shown.</summary>
internal sealed class MessageBytes
{
    /// <summary>Less than a round trip takes on most lines, and quick to parse whatever is in it.</summary>
    private const int MaxWhole = 64 * 1024;

    private readonly MailboxLease _lease;
    private readonly UniqueId _uid;
    private readonly WholeMessage? _whole;

    private MessageBytes(MailboxLease lease, UniqueId uid, WholeMessage? whole) => (_lease, _uid, _whole) = (lease, uid, whole);

    /// <param name="size">What the server says of the message's size, in bytes; 0 when it does not.</param>
    public static async Task<MessageBytes> OpenAsync(MailboxLease lease, UniqueId uid, long size)
    {
        var whole = size is > 0 and <= MaxWhole ? await FetchedPart.ReadAsync(lease, uid, "", MaxWhole) : [];
        return new(lease, uid, whole.Length > 0 ? new(whole) : null);
    }

    /// <summary>The message's header, at most so many bytes of it.</summary>
    public async Task<byte[]> HeaderAsync(int most) =>
        _whole is { Header: var header } ? header[..Math.Min(most, header.Length)].ToArray() : await FetchedPart.ReadAsync(_lease, _uid, "HEADER", most);

    /// <summary>A section that is no part, such as the header of an attached message.</summary>
    public Task<byte[]> SectionAsync(string section, int most) => FetchedPart.ReadAsync(_lease, _uid, section, most);

    /// <summary>A part with its transfer encoding taken off, at most so many bytes of it.</summary>
    public async Task<DecodedBytes> DecodedAsync(BodyPartBasic part, int most) => _whole?.Find(part) is { } bytes && bytes.Length <= most
        ? TransferDecoding.Decode(bytes, part.ContentTransferEncoding)
        : await FetchedPart.DecodedAsync(_lease, _uid, part, most);
}
