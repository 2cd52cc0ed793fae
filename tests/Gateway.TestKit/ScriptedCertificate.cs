using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.TestKit;

/// <summary>A certificate for one name from a root made for this test, and that root as a PEM file.</summary>
public sealed class ScriptedCertificate : IDisposable
{
    private ScriptedCertificate(X509Certificate2 leaf, string rootFile) => (Leaf, RootFile) = (leaf, rootFile);

    public X509Certificate2 Leaf { get; }

    public string RootFile { get; }

    public static ScriptedCertificate For(string name)
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Test root " + Guid.NewGuid(), rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) { names.AddIpAddress(address); }
        else { names.AddDnsName(name); }

        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(root, now.AddDays(-1), now.AddDays(20), RandomNumberGenerator.GetBytes(8));
        using var leaf = signed.CopyWithPrivateKey(key);
        var file = Path.GetTempFileName();
        File.WriteAllText(file, root.ExportCertificatePem());
        return new(X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pfx), null), file);
    }

    public void Dispose()
    {
        Leaf.Dispose();
        File.Delete(RootFile);
    }
}
