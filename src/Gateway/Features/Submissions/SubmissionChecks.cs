using System.Text;
using Gateway.Features.Identities;
using Gateway.Http;
using Gateway.Rendering;
using MimeKit;
using MimeKit.Utils;

namespace Gateway.Features.Submissions;

/// <summary>What a submission is held to before anything of it is built. Every fault is told at once.</summary>
internal static class SubmissionChecks
{
    internal const int MaxRecipients = 500;
    private const int MaxAddress = 254;
    private const int MaxName = 200;
    private const int MaxSubject = 4000;
    private const int MaxHeaders = 50;
    private const int MaxHeader = 2048;
    private const int MaxAttachments = 200;
    private const string MustNotBeNull = "must not be null";

    /// <summary>Fields that are made from other parts of the request, or by the servers on the way.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version",
        "Return-Path", "Received", "Authentication-Results",
    };

    private static readonly string[] ReservedPrefixes = ["Content-", "DKIM-", "ARC-", "Resent-"];

    /// <param name="isDraft">A draft may be for nobody yet.</param>
    public static Checks Of(SubmissionRequest request, SenderChoice senders, bool isDraft = false)
    {
        var checks = new Checks();
        if (request.Raw is not null)
        {
            // What is left of the request without the fields that say something about the mail itself.
            if (request != new SubmissionRequest(InReplyTo: request.InReplyTo, SaveToSent: request.SaveToSent, Forwards: request.Forwards, SendAt: request.SendAt, UndoSeconds: request.UndoSeconds, Hold: request.Hold, Raw: request.Raw))
            {
                checks.Fail("/raw", "is the whole mail: it goes with inReplyTo, forwards, saveToSent, sendAt, undoSeconds and hold only");
            }

            return checks;
        }

        CheckRecipients(checks, request, isDraft);
        CheckAddresses(checks, "/replyTo", request.ReplyTo);
        if (request.From is { } from)
        {
            CheckAddress(checks, "/from", from);
            if (!senders.May(from.Email)) { checks.Fail("/from/address", "must be the account's own address or that of one of its identities"); }
        }

        checks.Line("/subject", request.Subject, MaxSubject);
        CheckBody(checks, "/text", request.Text);
        CheckBody(checks, "/html", request.Html);
        CheckHeaders(checks, request.Headers);
        CheckAttachments(checks, request.Attachments ?? []);
        return checks;
    }

    /// <summary>The serialiser holds properties to their nullability, but not the items of a list.</summary>
    private static bool Is(object? item) => item is not null;

    /// <summary>A multipart is a container, not a file.</summary>
    private static bool IsFileType(string type) =>
        ContentType.TryParse(type, out var parsed) && !parsed.MediaType.Equals("multipart", StringComparison.OrdinalIgnoreCase);

    /// <summary>Printable ASCII that survives as the msg-id it is written as (RFC 2045 section 7).</summary>
    private static bool IsContentId(string id) =>
        id.Length > 0 && id.All(c => c is > ' ' and < '\x7F' and not ('<' or '>')) && MimeUtils.ParseMessageId($"<{id}>") == id;

    private static void CheckRecipients(Checks checks, SubmissionRequest request, bool isDraft)
    {
        CheckAddresses(checks, "/to", request.To);
        CheckAddresses(checks, "/cc", request.Cc);
        CheckAddresses(checks, "/bcc", request.Bcc);
        var count = (request.To?.Count ?? 0) + (request.Cc?.Count ?? 0) + (request.Bcc?.Count ?? 0);
        if (count == 0 && !isDraft) { checks.Fail("/to", "needs at least one recipient in to, cc or bcc"); }
        else if (count > MaxRecipients) { checks.Fail("/to", $"at most {MaxRecipients} recipients in all"); }
    }

    internal static void CheckAddresses(Checks checks, string pointer, IReadOnlyList<Address>? addresses)
    {
        for (var i = 0; i < (addresses?.Count ?? 0); i++)
        {
            if (Is(addresses![i])) { CheckAddress(checks, $"{pointer}/{i}", addresses[i]); }
            else { checks.Fail($"{pointer}/{i}", MustNotBeNull); }
        }
    }

    internal static void CheckAddress(Checks checks, string pointer, Address address)
    {
        checks.Line(pointer + "/name", address.Name, MaxName);
        CheckAddress(checks, pointer + "/address", address.Email);
    }

    internal static void CheckAddress(Checks checks, string pointer, string address)
    {
        checks.Line(pointer, address, MaxAddress);
        if (!MailboxAddress.TryParse(address, out var parsed) || parsed.Address != address || !address.Contains('@', StringComparison.Ordinal))
        {
            checks.Fail(pointer, "is not an email address");
        }
        else if (!Ascii.IsValid(address.AsSpan(0, address.LastIndexOf('@'))))
        {
            // The library would write it as it is to a server without SMTPUTF8 (RFC 6531), which may take it for anything.
            checks.Fail(pointer, "must be ASCII before the @");
        }
    }

    private static void CheckBody(Checks checks, string pointer, string? body)
    {
        if (body?.Contains('\0', StringComparison.Ordinal) == true) { checks.Fail(pointer, "must not hold NUL"); }
    }

    private static void CheckHeaders(Checks checks, IReadOnlyDictionary<string, string>? headers)
    {
        if (headers?.Count > MaxHeaders) { checks.Fail("/headers", $"at most {MaxHeaders} fields"); }

        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            var pointer = "/headers/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            // field-name of RFC 5322 section 3.6.8: printable ASCII but the colon
            if (name.Length is 0 or > 100 || !name.All(c => c is > ' ' and < '\x7F' and not ':')) { checks.Fail(pointer, "is not a header field name"); }
            else if (Reserved.Contains(name) || ReservedPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase))) { checks.Fail(pointer, "cannot be set here"); }

            if (Is(value)) { checks.Line(pointer, value, MaxHeader); }
            else { checks.Fail(pointer, MustNotBeNull); }
        }
    }

    private static void CheckAttachments(Checks checks, IReadOnlyList<SubmissionAttachment> attachments)
    {
        if (attachments.Count > MaxAttachments) { checks.Fail("/attachments", $"at most {MaxAttachments}"); }

        for (var i = 0; i < attachments.Count; i++)
        {
            var (pointer, file) = ($"/attachments/{i}", attachments[i]);
            if (!Is(file))
            {
                checks.Fail(pointer, MustNotBeNull);
                continue;
            }

            checks.Line(pointer + "/fileName", file.FileName, MaxName);
            checks.Line(pointer + "/contentId", file.ContentId, MaxName);
            checks.Line(pointer + "/contentType", file.ContentType, MaxName);
            if (file.ContentType is { } type && !IsFileType(type)) { checks.Fail(pointer + "/contentType", "is not the media type of a file"); }

            if (file.ContentId is { } id && !IsContentId(id)) { checks.Fail(pointer + "/contentId", "is not a Content-ID, written without angle brackets"); }

            var byReference = file.MessageId is not null && file.PartId is not null;
            bool[] sources = [byReference, file.Content is not null, file.BlobId is not null];
            if (sources.Count(given => given) != 1) { checks.Fail(pointer, "needs one of: content, blobId, or messageId and partId"); }
        }
    }
}
