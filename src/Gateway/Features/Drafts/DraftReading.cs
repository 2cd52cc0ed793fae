using System.Text.RegularExpressions;
using Gateway.Features.Messages;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Rendering.Mime;
using MailKit;

namespace Gateway.Features.Drafts;

/// <summary>Reads drafts, to be written on.</summary>
internal sealed partial class DraftReading(MessageLocator locator, MessageReading reading, ImapPool pool)
{
    private const int MaxHeaderBytes = 64 * 1024;

    /// <summary>Where the draft is; null when there is none, or it is no draft (any more).</summary>
    public async Task<(MessageLocation At, Message Message)?> FindAsync(AccountId account, MessageKey draft, CancellationToken ct)
    {
        if (await locator.FindAsync(account, draft, ct) is not { } at) { return null; }

        var message = await reading.ReadAsync(account, draft, at, markSeen: false, ct);
        return message.Flags.Contains(MessageFlag.Draft) ? (at, message) : null;
    }

    public async Task<Draft?> ReadAsync(AccountId account, MessageKey draft, CancellationToken ct)
    {
        if (await FindAsync(account, draft, ct) is not (var at, var message)) { return null; }

        var header = HeaderFields.Read(await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive,
            lease => FetchedPart.ReadAsync(lease, lease.Uid(at), "HEADER", MaxHeaderBytes), ct, Freshness.AsLeft));
        var (inReplyTo, forwards) = DraftHeader.Read(header);
        return new(
            draft, message.ReceivedAt, message.Size, message.From.Count > 0 ? message.From[0] : null, message.To, message.Cc, message.Bcc, message.ReplyTo,
            message.Subject, message.Text, WithContentIds(message), message.Attachments, inReplyTo, forwards);
    }

    /// <summary>As it was written: an image that is in a part is named by its content id, wherever the draft goes on.</summary>
    public static string? WithContentIds(Message message) => message.Html is not { } html ? null : Inline().Replace(html, found =>
        message.Attachments.FirstOrDefault(a => a.PartId == found.Groups[1].Value)?.ContentId is { } id ? $"src=\"cid:{System.Net.WebUtility.HtmlEncode(id)}\"" : "");

    [GeneratedRegex("src=\"/v1/accounts/[^\"/]+/messages/[^\"/]+/attachments/([0-9.]+)\"")]
    private static partial Regex Inline();
}
