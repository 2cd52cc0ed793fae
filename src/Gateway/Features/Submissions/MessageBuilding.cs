using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using Gateway.Rendering;
using Gateway.Storage;
using MailKit;
using MimeKit;
using MimeKit.Utils;

namespace Gateway.Features.Submissions;

/// <summary>Makes the MIME of a submission, once: its Message-ID and Date stay the same however often it is tried.</summary>
internal sealed class MessageBuilding(ImapPool pool, MessageLocator locator, TimeProvider clock)
{
    /// <summary>Builds a checked request. A message or part it names that is not there becomes a fault.</summary>
    /// <remarks>Bcc stays in the header, for the copy in Sent; MailKit leaves it out of what it sends.</remarks>
    public async Task<MimeMessage> BuildAsync(AccountRecord account, SubmissionRequest request, Checks checks, CancellationToken ct)
    {
        var from = request.From is { } named ? Mailbox(named) : new MailboxAddress(account.DisplayName ?? "", account.Email);
        var message = new MimeMessage { Date = clock.GetUtcNow(), MessageId = MimeUtils.GenerateMessageId(from.Domain), Subject = request.Subject ?? "" };
        message.From.Add(from);
        Add(message.To, request.To);
        Add(message.Cc, request.Cc);
        Add(message.Bcc, request.Bcc);
        Add(message.ReplyTo, request.ReplyTo);
        foreach (var (name, value) in request.Headers ?? new Dictionary<string, string>()) { message.Headers.Add(name, value); }

        if (request.InReplyTo is { } answered) { await ThreadAsync(message, account.Id, answered, checks, ct); }

        var body = new BodyBuilder
        {
            TextBody = request.Text is null && request.Html is null ? "" : request.Text is { } text ? LineEnds.Normalise(text) : null,
            HtmlBody = request.Html is { } html ? LineEnds.Normalise(html) : null,
        };
        await AttachAsync(body, account.Id, request.Attachments ?? [], checks, ct);
        message.Body = body.ToMessageBody();
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    private async Task ThreadAsync(MimeMessage message, AccountId account, MessageKey answered, Checks checks, CancellationToken ct)
    {
        const int maxReferences = 100;
        var original = await locator.FindAsync(account, answered, ct) is { } at
            ? await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive,
                async lease => (await lease.Folder.FetchAsync([lease.Uid(at)], ListItems.Summary, lease.CommandToken)).FirstOrDefault(), ct)
            : null;
        if (original is null)
        {
            checks.Fail("/inReplyTo", "names no message of this account");
            return;
        }

        if (original.Envelope?.MessageId is not { Length: > 0 } id) { return; }

        message.InReplyTo = id;
        foreach (var reference in (original.References ?? []).TakeLast(maxReferences - 1)) { message.References.Add(reference); }

        message.References.Add(id);
    }

    private async Task AttachAsync(
        BodyBuilder body, AccountId account, IReadOnlyList<SubmissionAttachment> attachments, Checks checks, CancellationToken ct)
    {
        for (var i = 0; i < attachments.Count; i++)
        {
            var file = attachments[i];
            var content = file.Content is { } bytes
                ? new PartContent(bytes, file.ContentType ?? "application/octet-stream", file.FileName)
                : await ReferencedAsync(account, file, ct);
            if (content is null)
            {
                checks.Fail($"/attachments/{i}/partId", "names no part of a message of this account");
                continue;
            }

            var type = ContentType.Parse(file.ContentType ?? content.ContentType);
            var name = FileNames.Clean(file.FileName ?? content.FileName) ?? "attachment";
            var inline = file.Disposition == AttachmentDisposition.Inline;
            // As octets whatever the type: the builder would re-wrap a text or a message.
            var part = new MimePart(type)
            {
                Content = new MimeContent(new MemoryStream(content.Bytes)), ContentTransferEncoding = ContentEncoding.Base64, FileName = name,
                ContentDisposition = new ContentDisposition(inline ? ContentDisposition.Inline : ContentDisposition.Attachment) { FileName = name },
            };
            if (file.ContentId is { } id) { part.ContentId = id; }

            (inline ? body.LinkedResources : body.Attachments).Add(part);
        }
    }

    private async Task<PartContent?> ReferencedAsync(AccountId account, SubmissionAttachment file, CancellationToken ct)
    {
        if (await locator.FindAsync(account, file.MessageId!.Value, ct) is not { } at) { return null; }

        try
        {
            return await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive,
                lease => PartContent.ReadAsync(lease, lease.Uid(at), file.PartId!, ct), ct);
        }
        catch (MailException gone) when (gone.Fault == MailFault.MessageGone) { return null; }
    }

    private static void Add(InternetAddressList list, IReadOnlyList<Address>? addresses) => list.AddRange((addresses ?? []).Select(Mailbox));

    private static MailboxAddress Mailbox(Address address) => new(address.Name ?? "", address.Email);
}
