using Gateway.Rendering.Mime;
using MailKit;

namespace Gateway.Rendering;

/// <summary>What of a message is its text, what is attached, and what it is made of, told from BODYSTRUCTURE alone.</summary>
/// <param name="Text">The part to show as text, if any.</param>
/// <param name="Html">The part to show as HTML, if any.</param>
/// <param name="Tree">The whole as it goes to clients.</param>
/// <param name="Attachments">Everything that is not shown as text, in order.</param>
/// <param name="Special">The parts that say something the message shows elsewhere.</param>
/// <param name="Defects">What was left out.</param>
internal sealed record BodyParts(
    BodyPartText? Text, BodyPartText? Html, Part Tree, IReadOnlyList<Attachment> Attachments, SpecialParts Special, IReadOnlyList<Defect> Defects)
{
    /// <summary>Reads the structure of a message. A server that gave none gets an empty text part.</summary>
    public static BodyParts Read(BodyPart? root)
    {
        var choosing = new BodyChoice();
        choosing.Choose(root);
        var tree = new PartTree();
        return new BodyParts(
            choosing.Text,
            choosing.Html,
            root is null ? new Part("1", "text/plain", null, 0, null, null, null) : tree.Read(root),
            choosing.Attachments,
            choosing.Special,
            tree.Defects);
    }

    /// <summary>The part a client names, or null: it may name what is not there.</summary>
    public static BodyPart? Find(BodyPart? root, string partId) => PartTree.Find(root, partId);

    /// <summary>Content id to part id, for the images a message shows within its text.</summary>
    public string? PartIdOf(string contentId) =>
        Attachments.FirstOrDefault(part =>
            string.Equals(part.ContentId, contentId, StringComparison.OrdinalIgnoreCase) && RasterImages.IsType(part.ContentType))?.PartId;
}
