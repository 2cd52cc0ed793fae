using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>Reads and renders one message: its structure, then only the body parts that are shown.</summary>
internal static class ContentReading
{
    /// <summary>Text or HTML beyond this is cut, and said so; the raw message is always whole.</summary>
    private const int MaxBodyBytes = 512 * 1024;

    public static async Task<(MessageContent Content, IMessageSummary Flags)> ReadAsync(
        MailboxLease lease, UniqueId uid, Func<string, string> attachmentUrl, TimeProvider clock)
    {
        var found = await lease.Folder.FetchAsync([uid], ListItems.Summary, lease.CommandToken);
        if (found is not [var summary]) { throw new MailException(MailFault.MessageGone, "The message was expunged."); }

        if (summary.Body is not { } body) { throw new MailException(MailFault.Protocol, "The server did not describe the message."); }

        var parts = BodyParts.Read(body);
        List<Defect> defects = [.. parts.Defects];
        var text = await DecodedAsync(lease, uid, parts.Text, defects);
        var source = await DecodedAsync(lease, uid, parts.Html, defects);
        SafeHtml? html = null;
        if (source is not null)
        {
            html = await HtmlRendering.RenderAsync(source, id => parts.PartIdOf(id) is { } part ? attachmentUrl(part) : null, clock, lease.CommandToken);
            defects.AddRange(html.Defects);
        }

        var shown = text ?? (source is null ? null : TextRendering.FromHtml(source));
        if (shown is not null)
        {
            var safe = TextRendering.FromText(shown);
            (shown, defects) = (safe.Text, [.. defects, .. safe.Defects]);
        }

        var envelope = summary.Envelope;
        var facts = MessageFacts.Of(summary) with { Preview = shown is null ? null : TextRendering.Preview(shown) };
        defects.InsertRange(0, (facts.Defects ?? []).Except(parts.Defects));
        // ENVELOPE repeats From where there is no Reply-To (RFC 9051 section 7.5.2).
        var replyTo = Address.From(envelope?.ReplyTo);
        var content = new MessageContent(
            facts, Address.From(envelope?.Cc), Address.From(envelope?.Bcc), replyTo.SequenceEqual(facts.From) ? [] : replyTo,
            envelope?.MessageId, envelope?.InReplyTo, [.. summary.References ?? []],
            shown, html?.Html, parts.Tree, parts.Attachments, defects);
        return (content, summary);
    }

    private static async Task<string?> DecodedAsync(MailboxLease lease, UniqueId uid, BodyPartText? part, List<Defect> defects)
    {
        if (part is null) { return null; }

        await using var encoded = await lease.Folder.GetStreamAsync(uid, PartFacts.Section(part), 0, MaxBodyBytes, lease.CommandToken);
        using var bytes = new MemoryStream();
        await encoded.CopyToAsync(bytes, lease.CommandToken);
        var octets = TransferDecoding.Decode(bytes.ToArray(), part.ContentTransferEncoding);
        defects.AddRange(octets.Defects);
        var decoded = CharsetDecoding.Decode(octets.Bytes, part.ContentType.Charset);
        defects.AddRange(decoded.Defects);
        if (part.Octets > MaxBodyBytes) { defects.Add(new("body-truncated", "Only the beginning of this message's text is shown.")); }

        return decoded.Text;
    }
}
