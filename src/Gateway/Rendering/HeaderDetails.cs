using Gateway.Rendering.Mime;
using MimeKit;

namespace Gateway.Rendering;

/// <summary>What a header says beyond what IMAP tells in ENVELOPE.</summary>
/// <param name="ReadReceiptTo">Who asks to be told that the message was read (RFC 8098); telling is for the reader to decide.</param>
internal sealed record HeaderDetails(SenderAuthentication? Authentication, ListUnsubscribe? Unsubscribe, IReadOnlyList<Address> ReadReceiptTo)
{
    private const int MaxReceiptLength = 4 * 1024;

    public static readonly HeaderDetails None = new(null, null, []);

    /// <param name="header">The fields of the message.</param>
    /// <param name="trusts">Whether a server's word about the sender counts.</param>
    public static HeaderDetails Read(HeaderFields header, Func<string, bool> trusts) =>
        new(SenderAuthentication.Read(header, trusts), ListUnsubscribe.Read(header), ReceiptOf(header));

    private static IReadOnlyList<Address> ReceiptOf(HeaderFields header) =>
        header["disposition-notification-to"] is { Length: <= MaxReceiptLength } field && InternetAddressList.TryParse(field, out var list) ? Address.From(list) : [];
}
