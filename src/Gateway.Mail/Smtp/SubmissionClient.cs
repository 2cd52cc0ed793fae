using MailKit.Net.Smtp;
using MimeKit;

namespace Gateway.Mail.Smtp;

/// <summary>An SMTP client that goes on when single recipients are refused, and remembers each answer.</summary>
internal sealed class SubmissionClient(SentBytes sent) : SmtpClient(sent)
{
    private readonly Dictionary<string, SmtpResponse> _refused = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, SmtpResponse> Refused => _refused;

    public bool MailLeftWhole => sent.Complete;

    public void BeginMail()
    {
        _refused.Clear();
        sent.Reset();
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _refused[mailbox.Address] = response;
}
