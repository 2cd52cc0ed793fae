using Gateway.Mail.Connecting;
using Gateway.Mail.Faults;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Smtp;

/// <summary>Opens authenticated submission sessions.</summary>
internal sealed class SmtpConnector(GuardedConnector connector, TlsTrust trust, IOptions<SmtpPoolOptions> options, TimeProvider clock)
{
    /// <summary>Connects, secures and signs in within the deadline.</summary>
    /// <exception cref="MailException">Why it did not work.</exception>
    public async Task<SmtpSession> OpenAsync(MailAccount account, CancellationToken ct)
    {
        var server = account.Smtp ?? throw new MailException(MailFault.NotConfigured, "The account has no SMTP server.");
        var security = trust.OptionsFor(server);
        using var deadline = new CancellationTokenSource(options.Value.OpenTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        var client = new SubmissionClient(new()) { ServerCertificateValidationCallback = trust.Accepts, CheckCertificateRevocation = false };
        try
        {
            var socket = await connector.ConnectAsync(server.Host, server.Port, both.Token);
            await client.ConnectAsync(new GatedLink(socket), server.Host, server.Port, security, both.Token);
            if (SaslChoice.For(client.AuthenticationMechanisms, account) is { } mechanism) { await client.AuthenticateAsync(mechanism, both.Token); }
            else if (client.AuthenticationMechanisms.Count > 0) { throw new MailException(MailFault.Rejected, "The server offers no way to sign in that we use."); }

            return new(client, server.Host, account.CredentialsVersion);
        }
        catch (Exception error)
        {
            var unsecured = server.Security == MailSecurity.StartTls && !client.IsSecure;
            client.Dispose();
            if (error is OperationCanceledException && ct.IsCancellationRequested) { throw; }

            // A handshake broken off by the deadline fails as a handshake, and says nothing about certificates.
            throw MailFaults.OfOpening(deadline.IsCancellationRequested && error is SslHandshakeException ? new TimeoutException(null, error) : error, unsecured, refusal: null);
        }
    }
}
