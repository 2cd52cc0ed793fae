using Gateway.Features.Blobs;
using Gateway.Features.Identities;
using Gateway.Features.Messages;
using Gateway.Features.Templates;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Mail.Watching;
using Gateway.Rendering;
using Gateway.Rendering.Mime;
using Gateway.Storage;
using MailKit;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Utils;

namespace Gateway.Features.Submissions;

/// <summary>Makes the MIME of a submission, once: its Message-ID and Date stay the same however often it is tried.</summary>
internal sealed class MessageBuilding(ImapPool pool, MessageLocator locator, BlobStore blobs, Senders senders, TemplateFilling filling, IOptions<OutboxOptions> options, TimeProvider clock)
{
    private const string Bytes = "application/octet-stream";

    private string TooLarge => $"is too large: attachments have {options.Value.MaxAttachedBytes} bytes in all";

    /// <summary>Checks a request and makes its mail; null when it has faults.</summary>
    /// <param name="pointer">Where the request stands in the body.</param>
    public async Task<MimeMessage?> ComposeAsync(AccountRecord account, SubmissionRequest request, Checks checks, CancellationToken ct, string pointer = "")
    {
        var from = await senders.OfAsync(account, ct);
        var own = SubmissionChecks.Of(request, from);
        // Checked before, since filling in may cost; and after, as any other.
        if (own.Passed && request.Template is { } use && await filling.FillAsync(account.Id, request, use, own, ct) is { } filled)
        {
            request = filled;
            own = SubmissionChecks.Of(request, from);
        }

        var message = !own.Passed ? null
            : request.Raw is { } raw ? await RawMail.ReadAsync(LineEnds.Normalise(raw), "/raw", from, own, ct)
            : await BuildAsync(account, request, from, own, ct);
        foreach (var fault in own.Faults) { checks.Fail(pointer + fault.Pointer, fault.Detail); }

        return own.Passed ? message : null;
    }

    /// <summary>Builds a checked request. A message or part it names that is not there becomes a fault.</summary>
    /// <remarks>Bcc stays in the header, for the copy in Sent; MailKit leaves it out of what it sends.</remarks>
    public async Task<MimeMessage> BuildAsync(AccountRecord account, SubmissionRequest request, SenderChoice senders, Checks checks, CancellationToken ct)
    {
        var sender = request.From ?? senders.Default;
        var from = Mailbox(sender);
        var now = clock.GetUtcNow();
        var message = new MimeMessage { Date = request.SendAt > now ? request.SendAt.Value : now, MessageId = MimeUtils.GenerateMessageId(from.Domain), Subject = request.Subject ?? "" };
        message.From.Add(from);
        Add(message.To, request.To);
        Add(message.Cc, request.Cc);
        Add(message.Bcc, request.Bcc);
        Add(message.ReplyTo, request.ReplyTo ?? (senders.ReplyToOf(sender.Email) is { } answers ? [answers] : null));
        foreach (var (name, value) in request.Headers ?? new Dictionary<string, string>()) { message.Headers.Add(name, value); }

        if (request.InReplyTo is { } answered) { await ThreadAsync(message, account.Id, answered, checks, ct); }

        var body = new BodyBuilder
        {
            TextBody = request.Text is null && request.Html is null ? "" : request.Text is { } text ? LineEnds.Normalise(text) : null,
            HtmlBody = request.Html is { } html ? LineEnds.Normalise(html) : null,
        };
        await AttachAsync(body, account.Id, request.Attachments ?? [], checks, ct);
        message.Body = body.ToMessageBody();
        foreach (var part in message.BodyParts.OfType<TextPart>().Where(p => !p.IsAttachment && HasControls(p.Text)))
        {
            part.ContentTransferEncoding = ContentEncoding.QuotedPrintable; // form feeds and their like are 7bit to the library, and not to every server
        }

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
        var room = (long)options.Value.MaxAttachedBytes;
        for (var i = 0; i < attachments.Count; i++)
        {
            var file = attachments[i];
            var content = file.Content is { } bytes ? new PartContent(bytes, Bytes, null)
                : file.BlobId is { } blob ? await UploadedAsync(account, blob, room, i, checks, ct)
                : await ReferencedAsync(account, file, room, i, checks, ct);
            if (content is null) { continue; }

            room -= content.Bytes.Length;
            var part = AttachedPart.Of(file, content);
            // Only what the html can name belongs to it; with nothing to belong to, the builder would drop it.
            var related = file is { Disposition: AttachmentDisposition.Inline, ContentId: not null } && body.HtmlBody is not null;
            (related ? body.LinkedResources : body.Attachments).Add(part);
        }
    }

    private async Task<PartContent?> UploadedAsync(AccountId account, string id, long room, int index, Checks checks, CancellationToken ct)
    {
        if (await blobs.FindAsync(account, id, ct) is not { } blob) { checks.Fail($"/attachments/{index}/blobId", "names no upload of this account; it may have expired"); }
        else if (!blob.IsComplete) { checks.Fail($"/attachments/{index}/blobId", "is not uploaded whole"); }
        else if (blob.Size > room) { checks.Fail($"/attachments/{index}", TooLarge); }
        else { return new(await blobs.ReadAllAsync(blob, ct), blob.ContentType, blob.FileName); }

        return null;
    }

    private async Task<PartContent?> ReferencedAsync(
        AccountId account, SubmissionAttachment file, long room, int index, Checks checks, CancellationToken ct)
    {
        if (await locator.FindAsync(account, file.MessageId!.Value, ct) is { } at)
        {
            try
            {
                return await pool.RunAsync(account, at.Path, FolderAccess.ReadOnly, Lane.Interactive, lease => ReadAsync(lease, at), ct);
            }
            catch (MailException gone) when (gone.Fault == MailFault.MessageGone)
            {
                // Told as a fault of the request, below.
            }
        }

        checks.Fail($"/attachments/{index}/messageId", "names no message of this account");
        return null;

        async Task<PartContent?> ReadAsync(MailboxLease lease, MessageLocation at)
        {
            var part = await PartContent.FindAsync(lease, lease.Uid(at), file.PartId!);
            if (part is not BodyPartBasic basic) { checks.Fail($"/attachments/{index}/partId", "names no part of the message that can be attached"); }
            else if (PartFacts.Size(basic) > room) { checks.Fail($"/attachments/{index}", TooLarge); }
            else { return await PartContent.ReadAsync(lease, lease.Uid(at), basic, ct); }

            return null;
        }
    }

    private static bool HasControls(string text) => text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t'));

    private static void Add(InternetAddressList list, IReadOnlyList<Address>? addresses) => list.AddRange((addresses ?? []).Select(Mailbox));

    /// <summary>With the domain as the network knows it (RFC 5891), in the header and in the SMTP envelope alike.</summary>
    private static MailboxAddress Mailbox(Address address) => new(address.Name ?? "", MailboxAddress.EncodeAddrspec(address.Email));
}
