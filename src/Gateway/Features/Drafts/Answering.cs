using System.Globalization;
using System.Net;
using Gateway.Features.Identities;
using Gateway.Features.Messages;
using Gateway.Features.Submissions;
using Gateway.Rendering;

namespace Gateway.Features.Drafts;

/// <summary>Makes drafts out of messages: recipients, subject, quote and files as people expect them.</summary>
internal static class Answering
{
    public static DraftRequest Reply(Message message, AnswerRequest answer, SenderChoice senders, bool toAll)
    {
        var mine = message.From.Any(from => senders.May(from.Email));
        // An answer to what one wrote oneself goes on to those it was for.
        var to = answer.To ?? (mine ? message.To : message.ReplyTo.Count > 0 ? message.ReplyTo : message.From);
        var taken = to.Select(a => a.Email).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = toAll ? (mine ? message.Cc : message.To.Concat(message.Cc)).Where(a => !senders.May(a.Email) && taken.Add(a.Email)).ToList() : [];
        return Quoting(message, answer, senders, $"Re: {Subject(message)}", $"On {When(message)}, {Who(message.From)} wrote:", "> ") with
        {
            To = to, Cc = others, InReplyTo = message.Id,
        };
    }

    public static DraftRequest Forward(Message message, AnswerRequest answer, SenderChoice senders)
    {
        string[] block =
        [
            "---------- Forwarded message ----------", $"From: {Who(message.From)}", $"Date: {When(message)}", $"Subject: {message.Subject}", $"To: {Who(message.To)}",
            .. message.Cc.Count > 0 ? [$"Cc: {Who(message.Cc)}"] : Array.Empty<string>(),
        ];
        var draft = Quoting(message, answer, senders, $"Fwd: {Subject(message)}", string.Join('\n', block), "");
        var shown = draft.Attachments!.Select(a => a.PartId).ToHashSet();
        var files = message.Attachments.Where(a => TnefReading.Split(a.PartId) is null && !shown.Contains(a.PartId))
            .Select(a => new SubmissionAttachment(a.FileName, MessageId: message.Id, PartId: a.PartId));
        return draft with { To = answer.To ?? [], Forwards = message.Id, Attachments = [.. draft.Attachments!, .. files] };
    }

    private static DraftRequest Quoting(Message message, AnswerRequest answer, SenderChoice senders, string subject, string lead, string mark)
    {
        var lines = (message.Text ?? "").ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.StartsWith('>') && mark.Length > 0 ? $">{line}" : $"{mark}{line}");
        var text = $"{answer.Text}\n\n{lead}\n{(mark.Length > 0 ? "" : "\n")}{string.Join('\n', lines)}\n";
        string? html = null;
        List<SubmissionAttachment> images = [];
        if (message.Html is not null || answer.Html is not null)
        {
            var original = DraftReading.WithContentIds(message)?.Replace("data-remote-src=", "src=", StringComparison.Ordinal) ?? Preformatted(message.Text ?? "");
            html = $"{answer.Html ?? Preformatted(answer.Text ?? "")}<br><div>{WebUtility.HtmlEncode(lead).Replace("\n", "<br>", StringComparison.Ordinal)}</div>"
                + (mark.Length > 0 ? $"<blockquote type=\"cite\" style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex\">{original}</blockquote>" : $"<br>{original}");
            images.AddRange(
                from image in message.Attachments
                where image.ContentId is not null && original.Contains($"\"cid:{WebUtility.HtmlEncode(image.ContentId)}\"", StringComparison.Ordinal)
                select new SubmissionAttachment(image.FileName, MessageId: message.Id, PartId: image.PartId, ContentId: image.ContentId, Disposition: AttachmentDisposition.Inline));
        }

        // From whom it came to us as, when that is one of several.
        var from = message.To.Concat(message.Cc).FirstOrDefault(a => senders.May(a.Email));
        return new(From: from is null ? null : senders.Named(from.Email), Subject: subject, Text: text, Html: html, Attachments: images);
    }

    private static string Preformatted(string text) => $"<div style=\"white-space:pre-wrap\">{WebUtility.HtmlEncode(text)}</div>";

    private static string Subject(Message message) => BaseSubject.Of(message.Subject);

    private static string When(Message message) => (message.SentAt ?? message.ReceivedAt).UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Who(IReadOnlyList<Address> addresses) =>
        string.Join(", ", addresses.Select(a => a.Name is { } name ? $"{name} <{a.Email}>" : a.Email));
}
