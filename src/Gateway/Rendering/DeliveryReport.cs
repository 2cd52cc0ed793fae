using System.Text;
using Gateway.Rendering.Mime;
using Gateway.Rendering.Text;

namespace Gateway.Rendering;

/// <summary>What a mail server reports of a message that was sent (RFC 3464).</summary>
/// <param name="ReportedBy">The server that reports.</param>
/// <param name="OriginalMessageIdHeader">Message-ID of the message it is about, without angle brackets, when the report has it.</param>
/// <param name="Recipients">What became of it, for each recipient.</param>
public sealed record DeliveryReport(string? ReportedBy, string? OriginalMessageIdHeader, IReadOnlyList<DeliveryReportRecipient> Recipients)
{
    private const int MaxRecipients = 500;

    /// <param name="status">The message/delivery-status part: groups of fields with empty lines between, the first about the whole.</param>
    /// <param name="original">Message-ID of the message it is about.</param>
    internal static DeliveryReport? Read(ReadOnlySpan<byte> status, string? original)
    {
        var groups = new List<HeaderFields>();
        var text = Encoding.Latin1.GetString(status).ReplaceLineEndings("\n").Trim('\n');
        foreach (var group in text.Split("\n\n", MaxRecipients + 2, StringSplitOptions.RemoveEmptyEntries).Take(MaxRecipients + 1))
        {
            groups.Add(HeaderFields.Read(Encoding.Latin1.GetBytes(group.Trim('\n'))));
        }

        var recipients = groups.Where(g => g["final-recipient"] is not null || g["original-recipient"] is not null).Select(RecipientOf).ToList();
        return recipients.Count == 0 ? null : new(groups.Select(g => Typed(g["reporting-mta"])).FirstOrDefault(v => v is not null), original, recipients);
    }

    private static DeliveryReportRecipient RecipientOf(HeaderFields group) => new(
        Typed(group["original-recipient"] ?? group["final-recipient"]) ?? "",
        Plain(group["action"])?.ToLowerInvariant() switch
        {
            "failed" => DeliveryAction.Failed,
            "delayed" => DeliveryAction.Delayed,
            "delivered" => DeliveryAction.Delivered,
            "relayed" => DeliveryAction.Relayed,
            "expanded" => DeliveryAction.Expanded,
            _ => DeliveryAction.Unknown,
        },
        Plain(group["status"])?.Split(' ')[0], Typed(group["diagnostic-code"]), Typed(group["remote-mta"]));

    /// <summary>The value behind its type, as in <c>rfc822; ann@example.com</c>.</summary>
    private static string? Typed(byte[]? value) => Plain(value) is { } text ? text[(text.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim() : null;

    private static string? Plain(byte[]? value) => value is null ? null : TextRendering.CutAt(Characters.Line(Encoding.UTF8.GetString(value)), 1000);
}
