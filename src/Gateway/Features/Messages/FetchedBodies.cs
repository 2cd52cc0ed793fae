using Gateway.Mail.Imap;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>The bodies of one message as they were fetched: only the parts that are shown.</summary>
internal sealed class FetchedBodies
{
    /// <summary>Text or HTML beyond this is cut, and said so; the raw message is always whole.</summary>
    private const int MaxBodyBytes = 512 * 1024;

    private readonly List<Defect> _defects = [];
    private string? _text;
    private string? _source;
    private Task<SafeHtml>? _html;

    private FetchedBodies() { }

    /// <summary>Fetches the HTML first, since it is rendered while the rest is on its way.</summary>
    public static async Task<FetchedBodies> FetchAsync(
        MailboxLease lease, UniqueId uid, BodyParts parts, Func<string, string> attachmentUrl, TimeProvider clock, CancellationToken ct)
    {
        var bodies = new FetchedBodies();
        bodies._source = await bodies.DecodedAsync(lease, uid, parts.Html);
        if (bodies._source is { } source)
        {
            bodies._html = HtmlRendering.RenderAsync(source, id => parts.PartIdOf(id) is { } part ? attachmentUrl(part) : null, clock, ct);
        }

        bodies._text = await bodies.DecodedAsync(lease, uid, parts.Text);
        return bodies;
    }

    public async Task<MessageContent> RenderAsync(MessageFacts facts)
    {
        var shown = _text ?? (_source is null ? null : TextRendering.FromHtml(_source));
        var text = shown is null ? null : TextRendering.FromText(shown);
        var html = _html is null ? null : await _html; // last, since it takes longest
        return new(facts, text?.Text, html?.Html, [.. facts.Defects ?? [], .. _defects, .. html?.Defects ?? [], .. text?.Defects ?? []]);
    }

    private async Task<string?> DecodedAsync(MailboxLease lease, UniqueId uid, BodyPartText? part)
    {
        if (part is null) { return null; }

        await using var encoded = await OpenAsync(lease, uid, part);
        using var bytes = new MemoryStream();
        await encoded.CopyToAsync(bytes, lease.CommandToken);
        var octets = TransferDecoding.Decode(bytes.ToArray(), part.ContentTransferEncoding);
        _defects.AddRange(octets.Defects);
        var decoded = CharsetDecoding.Decode(octets.Bytes, part.ContentType.Charset);
        _defects.AddRange(decoded.Defects);
        if (part.Octets > MaxBodyBytes) { _defects.Add(new("body-truncated", "Only the beginning of this message's text is shown.")); }

        return decoded.Text;
    }

    private static async Task<Stream> OpenAsync(MailboxLease lease, UniqueId uid, BodyPartText part)
    {
        try { return await GetAsync(); }
        catch (MessageNotFoundException) // or the session has not heard of it yet
        {
            await lease.RefreshAsync();
            return await GetAsync();
        }

        Task<Stream> GetAsync() => lease.Folder.GetStreamAsync(uid, PartFacts.Section(part), 0, MaxBodyBytes, lease.CommandToken);
    }
}
