using System.Globalization;
using Gateway.Rendering.Mime;
using MimeKit;
using MimeKit.Tnef;

namespace Gateway.Rendering;

/// <summary>Looks into winmail.dat, in which Outlook hides text and attachments from everybody else (MS-OXTNEF).</summary>
internal static class TnefReading
{
    /// <summary>What is read to list what is inside; a larger one is listed as it is.</summary>
    public const int MaxShown = 10 * 1024 * 1024;

    private const string Inside = ".w";
    private static readonly Defect Unreadable = new("winmail-unreadable", "What is in winmail.dat cannot be read; it can be downloaded whole.");

    /// <param name="tnef">The decoded part.</param>
    /// <param name="partId">Its id; those of the parts inside begin with it.</param>
    public static Task<TnefContent> ReadAsync(byte[] tnef, string partId, TimeProvider clock, CancellationToken ct) =>
        RenderingGate.RunAsync(() => Read(tnef, partId), () => new(null, [], [Unreadable]), RenderingLimits.ParserBudget, clock, ct);

    /// <summary>The id of the part that holds the winmail.dat, and the number of the attachment within; null for any other id.</summary>
    public static (string PartId, int Number)? Split(string partId) =>
        partId.LastIndexOf(Inside, StringComparison.Ordinal) is > 0 and var at
            && int.TryParse(partId.AsSpan(at + Inside.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (partId[..at], number)
            : null;

    /// <summary>One attachment inside, with its bytes; null when there is none of this number.</summary>
    public static async Task<(Attachment About, byte[] Bytes)?> FindAsync(byte[] tnef, int number, TimeProvider clock, CancellationToken ct) =>
        await RenderingGate.RunAsync(() => Find(tnef, number), () => null, RenderingLimits.ParserBudget, clock, ct);

    private static TnefContent Read(byte[] tnef, string partId)
    {
        if (Open(tnef) is not { } message) { return new(null, [], [Unreadable]); }

        using (message)
        {
            if (message.Body is null) { return new(null, [], [Unreadable]); }

            var text = message.TextBody ?? (message.HtmlBody is { } html ? TextRendering.FromHtml(TextRendering.CutAt(html, RenderingLimits.HtmlLength)) : null);
            return new(
                string.IsNullOrWhiteSpace(text) ? null : TextRendering.FromText(text).Text,
                [.. Parts(message).Select((part, i) => Describe(part, string.Create(CultureInfo.InvariantCulture, $"{partId}{Inside}{i + 1}"), BytesOf(part).Length))], []);
        }
    }

    private static (Attachment, byte[])? Find(byte[] tnef, int number)
    {
        using var message = Open(tnef);
        if (message is null || Parts(message).ElementAtOrDefault(number - 1) is not { } part) { return null; }

        var bytes = BytesOf(part);
        return (Describe(part, "", bytes.Length), bytes);
    }

    private static IEnumerable<MimePart> Parts(MimeMessage message) => message.Attachments.OfType<MimePart>().Take(RenderingLimits.Parts);

    private static Attachment Describe(MimePart part, string partId, long size) =>
        new(partId, FileNames.Clean(part.FileName), PartFacts.Type(part.ContentType), size, "attachment", null);

    private static byte[] BytesOf(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        return bytes.ToArray();
    }

    private static MimeMessage? Open(byte[] tnef)
    {
        try
        {
            using var part = new TnefPart { Content = new MimeContent(new MemoryStream(tnef, writable: false)) };
            return part.ConvertToMessage();
        }
        catch (Exception error) when (error is TnefException or FormatException or ArgumentException or IOException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }
}
