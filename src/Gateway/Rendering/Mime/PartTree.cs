using MailKit;

namespace Gateway.Rendering.Mime;

/// <summary>Turns the library's tree of parts into ours, no deeper and no larger than the limits.</summary>
internal sealed class PartTree
{
    private int _left = RenderingLimits.Parts;
    private bool _tooMany;
    private bool _tooDeep;

    public IReadOnlyList<Defect> Defects
    {
        get
        {
            var defects = new List<Defect>();
            if (_tooMany) { defects.Add(new Defect(DefectCodes.TooManyParts, "The message has too many parts; only the first 1,000 are listed.")); }
            if (_tooDeep) { defects.Add(new Defect(DefectCodes.PartsTooDeep, "The message's parts are nested too deep; the deepest are not shown in its structure.")); }
            return defects;
        }
    }

    public Part Read(BodyPart root) => Read(root, 0);

    public static BodyPart? Find(BodyPart? root, string partId)
    {
        if (root is null) { return null; }
        if (PartFacts.Id(root) == partId) { return root; }
        var level = new List<BodyPart> { root };
        for (var depth = 0; depth < RenderingLimits.PartDepth && level.Count > 0; depth++)
        {
            level = [.. level.SelectMany(Within).Take(RenderingLimits.Parts)];
            if (level.Find(part => PartFacts.Id(part) == partId) is { } found) { return found; }
        }

        return null;
    }

    private static IEnumerable<BodyPart> Within(BodyPart part) => part switch
    {
        BodyPartMultipart multipart => multipart.BodyParts,
        BodyPartMessage message when PartFacts.BodyOf(message) is { } body => [body],
        _ => [],
    };

    private Part Read(BodyPart part, int depth)
    {
        _left--;
        var children = part is BodyPartMultipart multipart ? Children(multipart, depth + 1) : null;
        return new Part(
            PartFacts.Id(part), PartFacts.Type(part), PartFacts.FileName(part), PartFacts.Size(part),
            PartFacts.Disposition(part), PartFacts.ContentId(part), children);
    }

    private List<Part> Children(BodyPartMultipart multipart, int depth)
    {
        var children = new List<Part>();
        if (depth > RenderingLimits.ListedPartDepth)
        {
            _tooDeep |= multipart.BodyParts.Count > 0;
            return children;
        }

        foreach (var child in multipart.BodyParts)
        {
            if (_left == 0)
            {
                _tooMany = true;
                break;
            }

            children.Add(Read(child, depth));
        }

        return children;
    }
}
