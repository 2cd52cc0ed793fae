using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;

namespace Gateway.Tests.Discovery;

/// <summary>Documents over TLS, as outside of tests.</summary>
public sealed class HttpsOnlyTests : IAsyncLifetime
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("gateway-tests-");
    private readonly DiscoveryBench _bench = new();
    private readonly WireMockServer _secure;

    public HttpsOnlyTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (pem, pfx) = (Path.Combine(_files.FullName, "root.pem"), Path.Combine(_files.FullName, "server.pfx"));
        File.WriteAllText(pem, certificate.ExportCertificatePem());
        File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pfx, "test"));
        _secure = WireMockServer.Start(new WireMockServerSettings
        {
            UseSSL = true, CertificateSettings = new() { X509CertificateFilePath = pfx, X509CertificatePassword = "test" },
        });
        _bench["Gateway:Tls:ExtraRoots"] = pem;
        _bench["Gateway:Discovery:AllowHttp"] = "false";
        _bench["Gateway:Discovery:Autoconfig:0"] = $"https://127.0.0.1:{_secure.Port}/config";
        _bench["Gateway:Discovery:Ispdb"] = "";
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        _secure.Dispose();
        await _bench.DisposeAsync();
        _files.Delete(recursive: true);
    }

    [Fact]
    public async Task Document_over_tls_is_read_under_a_root_of_the_operator()
    {
        _secure.Given(Request.Create().WithPath("/config")).RespondWith(Response.Create().WithBody(Documents.Of("example.test")));

        Assert.Equal("imap.example.test", (await _bench.FindAsync("ann@example.test"))?.Imap?.Host);
    }

    [Fact]
    public async Task Redirect_to_plain_http_is_not_followed()
    {
        _bench.Publish("/plain", Documents.Of("example.test"));
        _secure.Given(Request.Create().WithPath("/config"))
            .RespondWith(Response.Create().WithStatusCode(302).WithHeader("Location", _bench.Web.Url + "/plain"));

        Assert.Null(await _bench.FindAsync("ann@example.test"));
        Assert.Single(_secure.LogEntries);
        Assert.Empty(_bench.Fetched);
    }

    [Fact]
    public async Task Document_under_an_unknown_root_is_not_read()
    {
        _bench["Gateway:Tls:ExtraRoots"] = "";
        _secure.Given(Request.Create().WithPath("/config")).RespondWith(Response.Create().WithBody(Documents.Of("example.test")));

        Assert.Null(await _bench.FindAsync("ann@example.test"));
        Assert.Empty(_secure.LogEntries);
    }
}
