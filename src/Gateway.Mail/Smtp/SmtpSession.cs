using Gateway.Mail.Faults;
using MailKit.Net.Smtp;
using MimeKit;

namespace Gateway.Mail.Smtp;

/// <summary>One kept-open submission session.</summary>
internal sealed class SmtpSession(SubmissionClient client, string host, int credentialsVersion) : IDisposable
{
    public int CredentialsVersion { get; } = credentialsVersion;

    public string Host => host;

    public long IdleSince { get; set; }

    public int Mails { get; private set; }

    public bool IsConnected => client.IsConnected;

    /// <summary>The last mail found it closed: the server has not heard of it.</summary>
    public bool WasClosed { get; private set; }

    /// <summary>Proves the session before a mail is entrusted to it: 0.1 ms, and a dead link costs nothing then.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken ct)
    {
        try
        {
            await client.NoOpAsync(ct);
            return true;
        }
        catch (Exception error) when (error is SmtpCommandException or OperationCanceledException || MailFaults.IsLostLink(error)) { return false; }
    }

    /// <param name="leave">Awaited before a byte of the mail itself leaves; nothing does when it fails.</param>
    public async Task<SubmissionOutcome> SendAsync(SubmissionMail mail, Task leave, CancellationToken ct)
    {
        client.BeginMail(leave);
        Mails++;
        try
        {
            var reply = await client.SendAsync(
                mail.Message, new MailboxAddress("", mail.Sender), mail.Recipients.Select(r => new MailboxAddress("", r)), ct);
            return Outcome(mail, SubmissionResult.Accepted, "250 " + ServerText.Clean(reply), SmtpReply.EnhancedStatus(reply));
        }
        catch (SmtpCommandException refused)
        {
            WasClosed = !client.IsBegun && refused.StatusCode == SmtpStatusCode.ServiceNotAvailable;
            return Outcome(mail, SmtpReply.ResultOf(refused.StatusCode), SmtpReply.Text(refused.StatusCode, refused.Message), SmtpReply.EnhancedStatus(refused.Message));
        }
        catch (Exception unsendable) when (unsendable is NotSupportedException or FormatException or ArgumentException)
        {
            // An address that cannot be written, or a mail this server has no way to take: another try would end no better.
            client.Dispose();
            return Outcome(mail, SubmissionResult.PermanentFailure, "The mail cannot be sent through this server. " + ServerText.Clean(unsendable.Message), null);
        }
        catch (Exception broken) when (broken is not MailException)
        {
            // A link that broke did not take the last write. A deadline may strike when it was taken and not yet noted: then nobody knows.
            var left = client.MailLeftWhole || (broken is OperationCanceledException && client.MailMayHaveLeft);
            WasClosed = !client.IsBegun && MailFaults.IsLostLink(broken);
            client.Dispose();
            var result = left ? SubmissionResult.Unknown : SubmissionResult.TemporaryFailure;
            return Outcome(mail, result, MailFaults.From(broken).Message, null);
        }
    }

    public void Dispose() => client.Dispose();

    private SubmissionOutcome Outcome(SubmissionMail mail, SubmissionResult result, string? reply, string? status)
    {
        var recipients = mail.Recipients.Select(address => client.Refused.TryGetValue(address, out var refusal)
            ? new RecipientOutcome(address, SmtpReply.ResultOf(refusal.StatusCode), SmtpReply.Text(refusal.StatusCode, refusal.Response), SmtpReply.EnhancedStatus(refusal.Response))
            : new RecipientOutcome(address, result, reply, status)).ToList();
        // Everybody refused: nothing was sent, and one who may be tried again decides.
        if (client.Refused.Count > 0 && recipients.All(r => r.Result != SubmissionResult.Accepted && client.Refused.ContainsKey(r.Address)))
        {
            var first = recipients.FirstOrDefault(r => r.Result == SubmissionResult.TemporaryFailure) ?? recipients[0];
            return new(first.Result, first.Reply, first.EnhancedStatus, recipients);
        }

        return new(result, reply, status, recipients);
    }
}
