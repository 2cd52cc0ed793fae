using Gateway.Features.Discovery;
using Gateway.Mail;

namespace Gateway.Tests.Discovery;

public sealed class DnsDiscoveryTests : IAsyncLifetime
{
    private readonly DiscoveryBench _bench = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Srv_records_name_the_servers_and_tls_goes_before_starttls()
    {
        _bench.Dns.AddSrv("_imaps._tcp.example.test", 0, 1, 993, "IMAP.example.test.");
        _bench.Dns.AddSrv("_imap._tcp.example.test", 0, 1, 143, "imap.example.test");
        _bench.Dns.AddSrv("_submissions._tcp.example.test", 0, 1, 465, "smtp.example.test");
        _bench.Dns.AddSrv("_submission._tcp.example.test", 0, 1, 587, "smtp.example.test");

        var found = await _bench.FindAsync("ann@example.test");

        Assert.Equal(new ServerAddress("imap.example.test", 993, MailSecurity.Tls), found?.Imap);
        Assert.Equal(new ServerAddress("smtp.example.test", 465, MailSecurity.Tls), found?.Smtp);
        Assert.Equal(("ann@example.test", DiscoverySource.Srv), (found?.Username, found?.Source));
    }

    [Fact]
    public async Task Lowest_priority_is_taken_and_among_equals_the_heaviest()
    {
        _bench.Dns.AddSrv("_imaps._tcp.example.test", 10, 100, 993, "later.example.test");
        _bench.Dns.AddSrv("_imaps._tcp.example.test", 1, 5, 993, "light.example.test");
        _bench.Dns.AddSrv("_imaps._tcp.example.test", 1, 50, 993, "heavy.example.test");

        Assert.Equal("heavy.example.test", (await _bench.FindAsync("ann@example.test"))?.Imap?.Host);
    }

    [Fact]
    public async Task Target_dot_means_that_there_is_no_such_service()
    {
        _bench.Dns.AddSrv("_imaps._tcp.example.test", 0, 0, 0, ".");
        _bench.Dns.AddSrv("_imap._tcp.example.test", 0, 1, 143, "imap.example.test");

        var found = await _bench.FindAsync("ann@example.test");

        Assert.Equal(new ServerAddress("imap.example.test", 143, MailSecurity.StartTls), found?.Imap);
        Assert.Null(found?.Smtp);
    }

    [Fact]
    public async Task Source_that_names_both_servers_beats_a_better_one_that_names_one()
    {
        _bench.Dns.AddSrv("_imaps._tcp.example.test", 0, 1, 993, "srv.example.test");
        _bench.Publish("/example.test/config-v1.1.xml", Documents.Of("example.test"));

        Assert.Equal(DiscoverySource.Autoconfig, (await _bench.FindAsync("ann@example.test"))?.Source);
    }

    [Fact]
    public async Task Mx_leads_to_a_known_provider()
    {
        _bench.Dns.AddMx("example.test", 20, "backup.example.net");
        _bench.Dns.AddMx("example.test", 10, "aspmx.l.google.com");

        var found = await _bench.FindAsync("ann@example.test");

        Assert.Equal(("imap.gmail.com", DiscoverySource.Mx), (found?.Imap?.Host, found?.Source));
        Assert.Equal("ann@example.test", found?.Username);
    }

    [Fact]
    public async Task Mx_leads_to_the_public_database()
    {
        _bench.Dns.AddMx("example.test", 10, "mx1.mail.hoster.test");
        _bench.Publish("/ispdb/hoster.test", Documents.Of("hoster.test"));

        var found = await _bench.FindAsync("ann@example.test");

        Assert.Equal(("imap.hoster.test", DiscoverySource.Mx), (found?.Imap?.Host, found?.Source));
    }

    [Fact]
    public async Task Internationalised_domain_is_asked_for_in_ascii()
    {
        _bench.Dns.AddSrv("_imaps._tcp.xn--bcher-kva.test", 0, 1, 993, "imap.xn--bcher-kva.test");

        Assert.Equal("imap.xn--bcher-kva.test", (await _bench.FindAsync("ann@BÜCHER.test"))?.Imap?.Host);
    }

    [Fact]
    public async Task Domain_so_long_that_no_service_fits_before_it_is_not_asked_about()
    {
        Assert.Null(await _bench.FindAsync("ann@" + string.Join('.', Enumerable.Repeat(new string('a', 60), 4))));
        Assert.Empty(_bench.Dns.Asked);
    }

    [Fact]
    public async Task Host_with_bytes_that_no_host_has_is_passed_over()
    {
        _bench.Dns.AddSrv("_imaps._tcp.example.test", 0, 1, 993, "im\r\nap.example.test");

        Assert.Null(await _bench.FindAsync("ann@example.test"));
    }

    [Fact]
    public async Task What_was_found_is_remembered_for_the_domain()
    {
        _bench.Dns.AddSrv("_imaps._tcp.example.test", 0, 1, 993, "imap.example.test");
        await _bench.FindAsync("ann@example.test");
        _bench.Dns.Asked.Clear();

        var found = await _bench.FindAsync("bob@example.test");

        Assert.Equal(("imap.example.test", "bob@example.test"), (found?.Imap?.Host, found?.Username));
        Assert.Empty(_bench.Dns.Asked);
    }
}
