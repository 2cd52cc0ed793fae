using MailKit;

namespace Gateway.Rendering.Mime;

/// <summary>Decides which parts are the message's text, after RFC 8621, section 4.1.4, with one part of each kind.</summary>
internal sealed class BodyChoice
{
    private readonly List<Attachment> _attachments = [];
    private int _left = RenderingLimits.Parts;

    public BodyPartText? Text { get; private set; }

    public BodyPartText? Html { get; private set; }

    public IReadOnlyList<Attachment> Attachments => _attachments;

    public SpecialParts Special { get; private set; } = SpecialParts.None;

    public void Choose(BodyPart? root)
    {
        if (root is not null) { Visit(root, "mixed", first: true, depth: 0); }
    }

    private void Visit(BodyPart part, string container, bool first, int depth)
    {
        if (_left-- <= 0 || depth > RenderingLimits.PartDepth) { return; }

        if (part is BodyPartMultipart multipart)
        {
            var kind = multipart.ContentType?.MediaSubtype?.ToLowerInvariant() ?? "mixed";
            if (kind == "alternative") { VisitAlternatives(multipart, first, depth); }
            else { VisitAll(multipart, kind, first, depth); }
        }
        else if (part is BodyPartText text && first && IsBody(text)) { Take(text); }
        else { Attach(part, container == "related"); }
    }

    private void VisitAll(BodyPartMultipart multipart, string kind, bool first, int depth)
    {
        var root = kind == "related" ? RelatedRoot(multipart) : null;
        for (var i = 0; i < multipart.BodyParts.Count; i++)
        {
            var child = multipart.BodyParts[i];
            var leads = root is null ? Text is null && Html is null : child == root;
            Visit(child, kind, first && leads, depth + 1);
        }
    }

    /// <summary>Every way of saying it counts once: the last HTML and the last plain text, as the richest comes last.</summary>
    private void VisitAlternatives(BodyPartMultipart multipart, bool first, int depth)
    {
        if (!first)
        {
            foreach (var child in multipart.BodyParts) { Visit(child, "mixed", first: false, depth + 1); }
            return;
        }

        foreach (var child in multipart.BodyParts)
        {
            if (child is BodyPartText text && PartFacts.Disposition(text) != "attachment")
            {
                if (IsBody(text)) { Take(text); }
                else if (IsKind(text, "calendar")) { Attach(text, inline: false); } // an invitation is more than another spelling
            }
            else { Visit(child, "alternative", first: true, depth + 1); }
        }
    }

    /// <summary>RFC 2387: the start parameter names the part to begin with, else it is the first.</summary>
    private static BodyPart? RelatedRoot(BodyPartMultipart multipart)
    {
        var start = multipart.ContentType?.Parameters["start"]?.Trim('<', '>', ' ');
        return multipart.BodyParts.FirstOrDefault(part => start is not null && PartFacts.ContentId(part) == start)
            ?? multipart.BodyParts.FirstOrDefault();
    }

    private static bool IsBody(BodyPartText text) =>
        PartFacts.Disposition(text) != "attachment" && (IsKind(text, "plain") || IsKind(text, "html"));

    private static bool IsKind(BodyPartText text, string subtype) =>
        subtype.Equals(text.ContentType?.MediaSubtype, StringComparison.OrdinalIgnoreCase);

    private void Take(BodyPartText text)
    {
        if (IsKind(text, "html")) { Html = text; }
        else { Text = text; }
    }

    private void Attach(BodyPart part, bool inline)
    {
        Special = Special.With(part);
        var contentId = PartFacts.ContentId(part);
        var shown = contentId is not null && PartFacts.Disposition(part) != "attachment" && (inline || PartFacts.Disposition(part) == "inline");
        _attachments.Add(new Attachment(
            PartFacts.Id(part), PartFacts.FileName(part), PartFacts.Type(part), PartFacts.Size(part),
            shown ? "inline" : "attachment", contentId));
    }
}
