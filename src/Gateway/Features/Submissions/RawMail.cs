using Gateway.Features.Identities;
using Gateway.Features.Messages;
using Gateway.Http;
using MimeKit;
using MimeKit.Utils;

namespace Gateway.Features.Submissions;

/// <summary>A mail that somebody else wrote: held to what a mail of ours is held to.</summary>
internal static class RawMail
{
    /// <summary>Reads it within the limits of an import. What is wrong becomes a fault.</summary>
    /// <param name="pointer">Where the faults are told.</param>
    public static async Task<MimeMessage> ReadAsync(Stream raw, string pointer, SenderChoice senders, Checks checks, CancellationToken ct)
    {
        var limits = new ImportLimits();
        var buffer = new byte[64 * 1024];
        while (await raw.ReadAsync(buffer, ct) is > 0 and var read) { limits.Take(buffer.AsSpan(0, read)); }

        if (limits.End() is { } fault)
        {
            checks.Fail(pointer, fault);
            return new();
        }

        raw.Position = 0;
        try
        {
            var message = await MimeMessage.LoadAsync(raw, ct);
            Check(message, pointer, senders, checks);
            message.MessageId ??= MimeUtils.GenerateMessageId();
            message.Prepare(EncodingConstraint.SevenBit);
            if (checks.Passed && await HasBareLineEndAsync(message, ct)) { checks.Fail(pointer, "holds a bare CR or LF, which could smuggle another mail"); }

            return message;
        }
        catch (FormatException)
        {
            checks.Fail(pointer, "is not a message (RFC 5322)");
            return new();
        }
    }

    private static void Check(MimeMessage message, string pointer, SenderChoice senders, Checks checks)
    {
        if (message.From.Mailboxes.FirstOrDefault() is not { } from || message.From.Count > 1 || !senders.May(from.Address))
        {
            checks.Fail(pointer.Length == 0 ? "/from" : pointer, "must be from the account's own address or that of one of its identities");
        }

        var to = pointer.Length == 0 ? "/to" : pointer;
        var recipients = message.To.Mailboxes.Concat(message.Cc.Mailboxes).Concat(message.Bcc.Mailboxes).ToList();
        if (recipients.Count is 0 or > SubmissionChecks.MaxRecipients) { checks.Fail(to, $"needs 1 to {SubmissionChecks.MaxRecipients} recipients in to, cc and bcc"); }

        foreach (var recipient in recipients) { SubmissionChecks.CheckAddress(checks, to, recipient.Address); }
    }

    private static async Task<bool> HasBareLineEndAsync(MimeMessage message, CancellationToken ct)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var written = new MemoryStream();
        await message.WriteToAsync(format, written, ct);
        var bytes = written.GetBuffer().AsSpan(0, (int)written.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\r' && (i + 1 == bytes.Length || bytes[i + 1] != '\n')) { return true; }

            if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) { return true; }
        }

        return false;
    }
}
