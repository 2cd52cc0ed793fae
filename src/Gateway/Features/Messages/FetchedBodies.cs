using Gateway.Rendering;
using MailKit;

namespace Gateway.Features.Messages;

/// <summary>The bodies of one message as they were fetched: only the parts that are shown.</summary>
internal sealed class FetchedBodies
{
    /// <summary>Text or HTML beyond this is cut, and said so; the raw message is always whole.</summary>
    private const int MaxBodyBytes = 512 * 1024;

    private readonly BodyParts _parts;
    private readonly List<Defect> _defects = [];
    private string? _text;
    private string? _html;

    private FetchedBodies(BodyParts parts) => _parts = parts;

    public static async Task<FetchedBodies> FetchAsync(MessageBytes bytes, BodyParts parts)
    {
        var bodies = new FetchedBodies(parts);
        bodies._html = await bodies.DecodedAsync(bytes, parts.Html);
        bodies._text = await bodies.DecodedAsync(bytes, parts.Text);
        return bodies;
    }

    /// <param name="attachmentUrl">Where a part is served.</param>
    public (string? Text, string? Html, IReadOnlyList<Defect> Defects) Render(Func<string, string> attachmentUrl)
    {
        var shown = _text ?? (_html is null ? null : TextRendering.FromHtml(_html));
        var text = shown is null ? null : TextRendering.FromText(shown);
        var html = _html is null ? null : HtmlRendering.Render(_html, id => _parts.PartIdOf(id) is { } part ? attachmentUrl(part) : null);
        return (text?.Text, html?.Html, [.. _defects, .. html?.Defects ?? [], .. text?.Defects ?? []]);
    }

    private async Task<string?> DecodedAsync(MessageBytes bytes, BodyPartText? part)
    {
        if (part is null) { return null; }

        var octets = await bytes.DecodedAsync(part, MaxBodyBytes);
        _defects.AddRange(octets.Defects);
        var decoded = CharsetDecoding.Decode(octets.Bytes, part.ContentType.Charset);
        _defects.AddRange(decoded.Defects);
        if (part.Octets > MaxBodyBytes) { _defects.Add(new("body-truncated", "Only the beginning of this message's text is shown.")); }

        return decoded.Text;
    }
}
