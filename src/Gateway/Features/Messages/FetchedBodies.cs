using Gateway.Rendering;
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
        MessageBytes bytes, BodyParts parts, Func<string, string> attachmentUrl, TimeProvider clock, CancellationToken ct)
    {
        var bodies = new FetchedBodies();
        bodies._source = await bodies.DecodedAsync(bytes, parts.Html);
        if (bodies._source is { } source)
        {
            bodies._html = HtmlRendering.RenderAsync(source, id => parts.PartIdOf(id) is { } part ? attachmentUrl(part) : null, clock, ct);
        }

        bodies._text = await bodies.DecodedAsync(bytes, parts.Text);
        return bodies;
    }

    public async Task<(string? Text, string? Html, IReadOnlyList<Defect> Defects)> RenderAsync()
    {
        var shown = _text ?? (_source is null ? null : TextRendering.FromHtml(_source));
        var text = shown is null ? null : TextRendering.FromText(shown);
        var html = _html is null ? null : await _html; // last, since it takes longest
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
