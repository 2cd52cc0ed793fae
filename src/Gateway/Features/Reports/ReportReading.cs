using Gateway.Rendering;
using Gateway.Rendering.Text;
using MimeKit;

namespace Gateway.Features.Reports;

/// <summary>What a mail says about another one, as far as it is a report.</summary>
/// <param name="About">Message-IDs that it names, without angle brackets: the likeliest first.</param>
internal sealed record ReadReport(ReportKind Kind, IReadOnlyList<string> About, IReadOnlyList<ReportRecipient> Recipients, string? Detail = null);

/// <summary>Reads reports: the standard ones by their parts, others by what mail servers have always written.</summary>
internal static class ReportReading
{
    private const int MaxRecipients = 100;
    private const int MaxText = 500;

    /// <summary>Null when the mail is no report, or one that says nothing.</summary>
    public static ReadReport? Read(MimeMessage message)
    {
        var parts = message.BodyParts.ToList();
        var about = About(message, parts);
        foreach (var part in parts)
        {
            var report = part switch
            {
                MessageFeedbackReport complaint => Complaint(complaint, about),
                MessageDispositionNotification receipt => Receipt(receipt, about),
                MessageDeliveryStatus status => Delivery(status, about),
                _ => null,
            };
            if (report is not null) { return report; }
        }

        return OldBounce.Read(message, about) ?? AutoReply(message, about);
    }

    private static ReadReport? Delivery(MessageDeliveryStatus status, IReadOnlyList<string> about)
    {
        var recipients = new List<ReportRecipient>();
        var (failed, delayed) = (false, false);
        foreach (var group in status.StatusGroups.Take(MaxRecipients + 1))
        {
            if ((Typed(group["Original-Recipient"]) ?? Typed(group["Final-Recipient"])) is not { } address) { continue; }

            var action = group["Action"]?.Trim().ToLowerInvariant();
            var (code, words) = (Cut(group["Status"]?.Trim().Split(' ')[0]), Typed(group["Diagnostic-Code"]));
            failed |= action == "failed";
            delayed |= action == "delayed";
            recipients.Add(new(address, action is "failed" ? BounceClassing.Of(code, words) : action is "delayed" ? BounceClass.Soft : null, code, words));
        }

        if (recipients.Count == 0) { return null; }

        return new(failed ? ReportKind.Bounce : delayed ? ReportKind.Delay : ReportKind.Delivery, about, recipients);
    }

    private static ReadReport Complaint(MessageFeedbackReport report, IReadOnlyList<string> about)
    {
        var address = Typed(report.Fields["Original-Rcpt-To"])?.Trim('<', '>');
        return new(ReportKind.Complaint, about, address is null ? [] : [new(address)], Cut(report.Fields["Feedback-Type"]));
    }

    private static ReadReport Receipt(MessageDispositionNotification receipt, IReadOnlyList<string> about)
    {
        var address = Typed(receipt.Fields["Original-Recipient"]) ?? Typed(receipt.Fields["Final-Recipient"]);
        // "manual-action/MDN-sent-manually; displayed/error"
        return new(ReportKind.ReadReceipt, about, address is null ? [] : [new(address)], Typed(receipt.Fields["Disposition"])?.Split('/')[0].ToLowerInvariant());
    }

    private static ReadReport? AutoReply(MimeMessage message, IReadOnlyList<string> about)
    {
        var submitted = message.Headers[HeaderId.AutoSubmitted]?.Trim();
        var isAutomatic = submitted?.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true
            || message.Headers["X-Autoreply"] is not null || message.Headers["X-Autorespond"] is not null
            || string.Equals(message.Headers[HeaderId.Precedence]?.Trim(), "auto_reply", StringComparison.OrdinalIgnoreCase)
            // Exchange says "auto-generated" of answers and of everything else.
            || (submitted?.StartsWith("auto-generated", StringComparison.OrdinalIgnoreCase) == true && message.InReplyTo is not null);
        return isAutomatic
            ? new(ReportKind.AutoReply, about, [.. message.From.Mailboxes.Take(1).Select(m => new ReportRecipient(m.Address))], Cut(message.Subject))
            : null;
    }

    /// <summary>Of the mail it encloses, of what the report fields name, of what it answers.</summary>
    private static IReadOnlyList<string> About(MimeMessage message, IReadOnlyList<MimeEntity> parts)
    {
        var ids = new List<string?>();
        ids.AddRange(parts.OfType<MessagePart>().Select(enclosed => enclosed.Message?.MessageId));
        ids.AddRange(parts.OfType<MessageDispositionNotification>().Select(receipt => receipt.Fields["Original-Message-ID"]));
        ids.AddRange(parts.OfType<MessageDeliveryStatus>().SelectMany(status => status.StatusGroups).Take(2).Select(group => group["X-Original-Message-ID"]));
        ids.Add(message.InReplyTo);
        ids.AddRange(message.References.TakeLast(1));
        ids.AddRange(OldBounce.IdsIn(message));
        return [.. ids.Select(id => id?.Trim().Trim('<', '>')).OfType<string>().Where(id => id.Length is > 2 and < 1000).Distinct().Take(20)];
    }

    /// <summary>The value behind its type, as in <c>rfc822; ann@example.com</c>.</summary>
    private static string? Typed(string? value) => Cut(value?[(value.IndexOf(';', StringComparison.Ordinal) + 1)..]);

    internal static string? Cut(string? value) => value is not null && Characters.Line(value).Trim() is { Length: > 0 } text ? TextRendering.CutAt(text, MaxText) : null;
}
