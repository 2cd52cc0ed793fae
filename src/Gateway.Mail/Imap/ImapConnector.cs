using Gateway.Mail.Connecting;
using Gateway.Mail.Faults;
using MailKit.Net.Imap;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Imap;

/// <summary>Opens authenticated IMAP connections.</summary>
internal sealed class ImapConnector(GuardedConnector connector, TlsTrust trust, IOptions<ImapPoolOptions> options, TimeProvider clock)
{
    /// <summary>Connects, secures and signs in within the deadline.</summary>
    /// <param name="turn">The turn that was waited for, if it takes one.</param>
    /// <exception cref="MailException">Why it did not work.</exception>
    public async Task<ImapClient> OpenAsync(MailAccount account, ConnectPace.Turn? turn, CancellationToken ct)
    {
        var server = account.Imap ?? throw new MailException(MailFault.NotConfigured, "The account has no IMAP server.");
        var security = trust.OptionsFor(server);
        using var deadline = new CancellationTokenSource(options.Value.OpenTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        var heard = new ReceivedBytes();
        var client = new ImapClient(heard) { ServerCertificateValidationCallback = trust.Accepts, CheckCertificateRevocation = false };
        try
        {
            var socket = await connector.ConnectAsync(server.Host, server.Port, both.Token);
            turn?.Connected();
            await client.ConnectAsync(socket, server.Host, server.Port, security, both.Token);
            // PREAUTH skips STARTTLS and the sign-in: somebody else's mailbox, or an attack (nostarttls.secvuln.info).
            if (client.IsAuthenticated) { throw new MailException(MailFault.Protocol, "The server signed us in unasked (PREAUTH)."); }

            await SignInAsync(client, account, both.Token);
            return client;
        }
        catch (Exception error)
        {
            var unsecured = server.Security == MailSecurity.StartTls && !client.IsSecure;
            client.Dispose();
            if (error is OperationCanceledException && ct.IsCancellationRequested) { throw; }

            // A handshake broken off by the deadline fails as a handshake, and says nothing about certificates.
            throw MailFaults.OfOpening(deadline.IsCancellationRequested && error is SslHandshakeException ? new TimeoutException(null, error) : error, unsecured, heard.Refusal);
        }
    }

    /// <summary>Tries one mechanism only: MailKit would go on to the next with the same wrong password, and lock people out.</summary>
    private static Task SignInAsync(ImapClient client, MailAccount account, CancellationToken ct)
    {
        if (SaslChoice.For(client.AuthenticationMechanisms, account) is { } mechanism) { return client.AuthenticateAsync(mechanism, ct); }

        client.AuthenticationMechanisms.Clear();
        return client.AuthenticateAsync(account.Username, account.Password, ct); // the LOGIN command
    }
}
