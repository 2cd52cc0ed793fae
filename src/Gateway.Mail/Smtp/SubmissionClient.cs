using MailKit.Net.Smtp;
using MimeKit;

namespace Gateway.Mail.Smtp;

/// <summary>An SMTP client that goes on when single recipients are refused, and remembers each answer.</summary>
internal sealed class SubmissionClient(SentBytes sent) : SmtpClient(sent)
{
    private readonly Dictionary<string, SmtpResponse> _refused = new(StringComparer.OrdinalIgnoreCase);
    private bool _chunking;

    public IReadOnlyDictionary<string, SmtpResponse> Refused => _refused;

    public bool MailLeftWhole => sent.Complete;

    /// <summary>Nobody can tell whether the mail left: what is written is noted only afterwards.</summary>
    public bool MailMayHaveLeft => sent.IsAskedFor || (sent.HasRecipients && _chunking);

    /// <summary>BDAT (RFC 3030) where offered: a round trip less, and no dots that two servers may read differently.</summary>
    protected override bool PreferSendAsBinaryData => true;

    public void BeginMail()
    {
        _refused.Clear();
        sent.Reset();
        _chunking = Capabilities.HasFlag(SmtpCapabilities.Chunking); // forgotten when the link is given up
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _refused[mailbox.Address] = response;
}
