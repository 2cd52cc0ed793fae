using MailKit.Net.Smtp;
using MimeKit;

namespace Gateway.Mail.Smtp;

/// <summary>An SMTP client that goes on when single recipients are refused, and remembers each answer.</summary>
internal sealed class SubmissionClient(SentBytes sent) : SmtpClient(sent)
{
    private readonly Dictionary<string, SmtpResponse> _refused = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, SmtpResponse> Refused => _refused;

    public bool MailLeftWhole => sent.Complete;

    /// <summary>BDAT (RFC 3030) where offered: a round trip less, and no dots that two servers may read differently.</summary>
    protected override bool PreferSendAsBinaryData => true;

    public void BeginMail()
    {
        _refused.Clear();
        sent.Reset();
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _refused[mailbox.Address] = response;
}
