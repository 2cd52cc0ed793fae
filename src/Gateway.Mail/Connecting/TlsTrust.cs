using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Gateway.Mail.Faults;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Gateway.Mail.Connecting;

/// <summary>Checks server certificates: the system's roots and the operator's; a wrong name or date is never excused.</summary>
public sealed class TlsTrust(IOptions<TlsOptions> options)
{
    private readonly Lazy<X509Certificate2Collection> _roots = new(() =>
    {
        var roots = new X509Certificate2Collection();
        if (options.Value.ExtraRoots is { Length: > 0 } file) { roots.ImportFromPemFile(file); }

        return roots;
    });

    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) { return true; }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || _roots.Value.Count == 0) { return false; }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_roots.Value);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in chain?.ChainElements.AsEnumerable() ?? []) { own.ChainPolicy.ExtraStore.Add(element.Certificate); }

        using var leaf = new X509Certificate2(certificate);
        return own.Build(leaf);
    }

    /// <summary>MailKit's name for the wished protection; plaintext only where the operator allows it.</summary>
    /// <exception cref="MailException"><see cref="MailFault.PlaintextRefused"/>.</exception>
    public SecureSocketOptions OptionsFor(ServerAddress server) => server.Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ when options.Value.PlaintextHosts.Contains(server.Host, StringComparer.OrdinalIgnoreCase) => SecureSocketOptions.None,
        _ => throw new MailException(MailFault.PlaintextRefused, "The operator does not allow an unencrypted connection to this server."),
    };
}
