using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.TestKit.Servers;

/// <summary>Trusts what the run's own root has signed, and nothing else.</summary>
internal sealed class TestRoot(string pemFile)
{
    private readonly Lazy<X509Certificate2> _root = new(() => X509Certificate2.CreateFromPem(File.ReadAllText(pemFile)));

    public bool Trusts(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 certificate || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) { return false; }

        using var ours = new X509Chain();
        ours.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        ours.ChainPolicy.CustomTrustStore.Add(_root.Value);
        ours.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return ours.Build(certificate);
    }
}
