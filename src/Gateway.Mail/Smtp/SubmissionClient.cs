using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Gateway.Mail.Smtp;

/// <summary>An SMTP client that goes on when single recipients are refused, and remembers each answer.</summary>
internal sealed class SubmissionClient(SentBytes sent) : SmtpClient(sent)
{
    private readonly Dictionary<string, SmtpResponse> _refused = new(StringComparer.OrdinalIgnoreCase);
    private GatedLink? _link;
    private Task _leave = Task.CompletedTask;
    private bool _chunking;

    public IReadOnlyDictionary<string, SmtpResponse> Refused => _refused;

    public bool MailLeftWhole => sent.Complete;

    /// <summary>Nobody can tell whether the mail left: what is written is noted only afterwards.</summary>
    public bool MailMayHaveLeft => sent.IsAskedFor || (sent.HasRecipients && _chunking);

    /// <summary>The server took MAIL, so that it knows of this mail.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>BDAT (RFC 3030) where offered: a round trip less, and no dots that two servers may read differently.</summary>
    protected override bool PreferSendAsBinaryData => true;

    public Task ConnectAsync(GatedLink link, string host, int port, SecureSocketOptions security, CancellationToken ct)
    {
        _link = link;
        return base.ConnectAsync(link, host, port, security, ct);
    }

    /// <param name="leave">Awaited between the SMTP envelope and the mail itself.</param>
    public void BeginMail(Task leave)
    {
        (_leave, _link!.Leave, IsBegun) = (leave, Task.CompletedTask, false);
        _refused.Clear();
        sent.Reset();
        _chunking = Capabilities.HasFlag(SmtpCapabilities.Chunking); // forgotten when the link is given up
    }

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        (IsBegun, _link!.Leave) = (true, _leave);

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _refused[mailbox.Address] = response;
}
