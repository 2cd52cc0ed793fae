using System.Net;
using System.Net.Sockets;
using Gateway.Features.Discovery;
using Gateway.Mail;

namespace Gateway.Tests.Discovery;

public sealed class AutoconfigTests : IAsyncLifetime
{
    private const string Place = "/example.test/config-v1.1.xml";

    private readonly DiscoveryBench _bench = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Document_of_the_domain_names_the_servers()
    {
        _bench.Publish(Place, Documents.Of("%EMAILDOMAIN%", username: "%EMAILLOCALPART%"));

        var found = await _bench.FindAsync("ann@example.test");

        Assert.Equal(new ServerAddress("imap.example.test", 993, MailSecurity.Tls), found?.Imap);
        Assert.Equal(new ServerAddress("smtp.example.test", 587, MailSecurity.StartTls), found?.Smtp);
        Assert.Equal(("ann", DiscoverySource.Autoconfig), (found?.Username, found?.Source));
    }

    [Fact]
    public async Task Address_goes_to_its_own_domain_and_never_to_the_public_database()
    {
        await _bench.FindAsync("ann+test@example.test");

        Assert.Contains(Place + "?emailaddress=ann%2Btest%40example.test", _bench.Fetched);
        Assert.Contains("/ispdb/example.test", _bench.Fetched);
        Assert.Equal(2, _bench.Fetched.Count());
    }

    [Fact]
    public async Task Public_database_answers_where_the_domain_publishes_nothing()
    {
        _bench.Publish("/ispdb/example.test", Documents.Of("example.test"));

        Assert.Equal(DiscoverySource.Ispdb, (await _bench.FindAsync("ann@example.test"))?.Source);
    }

    [Theory]
    [InlineData("not xml at all")]
    [InlineData("<clientConfig><emailProvider>")]
    [InlineData("")]
    public async Task Malformed_document_is_as_good_as_none(string body)
    {
        _bench.Publish(Place, body);

        Assert.Null(await _bench.FindAsync("ann@example.test"));
    }

    [Fact]
    public async Task Document_with_entities_is_refused_whole()
    {
        _bench.Publish(Place, Documents.Of("&host;", prolog: """<!DOCTYPE c [<!ENTITY host SYSTEM "file:///etc/hostname">]>"""));

        Assert.Null(await _bench.FindAsync("ann@example.test"));
    }

    [Fact]
    public async Task Document_over_128_KB_is_refused_whole()
    {
        _bench.Publish(Place, Documents.Of("example.test") + new string(' ', 128 * 1024));

        Assert.Null(await _bench.FindAsync("ann@example.test"));
    }

    [Theory]
    [InlineData("plain", 143)]
    [InlineData("SSL", 0)]
    [InlineData("SSL", 65536)]
    public async Task Server_without_encryption_or_a_port_is_passed_over(string socketType, int port)
    {
        _bench.Publish(Place, Documents.Of("example.test", socketType: socketType, imapPort: port));

        var found = await _bench.FindAsync("ann@example.test");

        Assert.Null(found?.Imap);
        Assert.Equal("smtp.example.test", found?.Smtp?.Host);
    }

    [Fact]
    public async Task Host_that_is_no_host_is_passed_over()
    {
        _bench.Publish(Place, Documents.Of("example.test/../x y"));

        Assert.Null(await _bench.FindAsync("ann@example.test"));
    }

    [Fact]
    public async Task User_name_spelled_out_is_not_remembered_for_others()
    {
        _bench.Publish(Place, Documents.Of("example.test", username: "u1234"));

        Assert.Equal("u1234", (await _bench.FindAsync("ann@example.test"))?.Username);
        await _bench.FindAsync("bob@example.test");
        Assert.Contains(Place + "?emailaddress=bob%40example.test", _bench.Fetched);
    }

    [Fact]
    public async Task Redirects_are_followed_three_times()
    {
        _bench.Redirect(Place, "/1");
        _bench.Redirect("/1", "/2");
        _bench.Redirect("/2", "/3");
        _bench.Publish("/3", Documents.Of("example.test"));

        Assert.Equal("imap.example.test", (await _bench.FindAsync("ann@example.test"))?.Imap?.Host);

        _bench.Redirect("/3", "/4");
        _bench.Publish("/4", Documents.Of("example.test"));
        Assert.Null(await _bench.FindAsync("ann@4.test"));
    }

    [Fact]
    public async Task Nothing_is_asked_where_the_egress_policy_closes_the_way()
    {
        _bench["Gateway:Egress:Allow:0"] = "192.0.2.1";
        _bench.Publish(Place, Documents.Of("example.test"));

        Assert.Null(await _bench.FindAsync("ann@example.test"));
        Assert.Empty(_bench.Fetched);
    }

    [Fact]
    public async Task Host_that_hangs_costs_the_deadline_and_no_more()
    {
        using var silent = Silent();

        var finding = _bench.FindAsync("ann@example.test");
        using var hanging = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        Assert.False(finding.IsCompleted);
        _bench.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(await finding);
    }

    [Fact]
    public async Task Host_that_hangs_does_not_hold_up_a_better_source()
    {
        using var silent = Silent();
        _bench.Dns.AddSrv("_imaps._tcp.example.test", 0, 1, 993, "imap.example.test");
        _bench.Dns.AddSrv("_submissions._tcp.example.test", 0, 1, 465, "smtp.example.test");

        Assert.Equal(DiscoverySource.Srv, (await _bench.FindAsync("ann@example.test"))?.Source);
    }

    /// <summary>Takes the place of the domain's own web server, accepts connections and says nothing.</summary>
    private TcpListener Silent()
    {
        var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _bench["Gateway:Discovery:Autoconfig:0"] = $"http://{silent.LocalEndpoint}/";
        return silent;
    }
}
