using Gateway.Features.Discovery;
using Gateway.Mail;

namespace Gateway.Tests.Discovery;

public sealed class PresetTests : IAsyncLifetime
{
    private readonly DiscoveryBench _bench = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("ann@gmail.com", "imap.gmail.com", "ann@gmail.com")]
    [InlineData("ann@GoogleMail.com", "imap.gmail.com", "ann@GoogleMail.com")]
    [InlineData("ann@web.de", "imap.web.de", "ann")]
    [InlineData("ann@outlook.de", "outlook.office365.com", "ann@outlook.de")]
    public async Task Known_provider_is_answered_without_asking_anyone(string email, string host, string username)
    {
        var found = await _bench.FindAsync(email);

        Assert.Equal(new ServerAddress(host, 993, MailSecurity.Tls), found?.Imap);
        Assert.Equal((username, DiscoverySource.Preset), (found?.Username, found?.Source));
        Assert.Empty(_bench.Dns.Asked);
        Assert.Empty(_bench.Fetched);
    }

    [Fact]
    public async Task Operators_preset_comes_before_a_known_provider()
    {
        _bench["Gateway:Discovery:Presets:0:Domain"] = "gmail.com";
        _bench["Gateway:Discovery:Presets:0:Imap:Host"] = "imap.example.test";
        _bench["Gateway:Discovery:Presets:0:Imap:Port"] = "143";
        _bench["Gateway:Discovery:Presets:0:Imap:Security"] = "startTls";
        _bench["Gateway:Discovery:Presets:0:Username"] = "localPart";

        var found = await _bench.FindAsync("ann@gmail.com");

        Assert.Equal(new(new("imap.example.test", 143, MailSecurity.StartTls), null, "ann", DiscoverySource.Preset), found);
    }

    [Fact]
    public async Task Preset_in_the_clear_is_refused_at_start()
    {
        _bench["Gateway:Discovery:Presets:0:Domain"] = "example.test";
        _bench["Gateway:Discovery:Presets:0:Imap:Host"] = "imap.example.test";
        _bench["Gateway:Discovery:Presets:0:Imap:Port"] = "143";
        _bench["Gateway:Discovery:Presets:0:Imap:Security"] = "none";

        await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => _bench.FindAsync("ann@example.test"));
    }

    [Fact]
    public async Task Without_lookups_only_presets_answer()
    {
        _bench["Gateway:Discovery:Lookups"] = "false";

        Assert.Null(await _bench.FindAsync("ann@example.test"));
        Assert.Empty(_bench.Dns.Asked);
        Assert.Empty(_bench.Fetched);
    }

    [Theory]
    [InlineData("ann@[192.0.2.1]")]
    [InlineData("ann@192.0.2.1")]
    [InlineData("ann@-")]
    [InlineData("ann@a..b")]
    [InlineData("ann@example.test/path")]
    public async Task What_has_no_domain_is_not_asked_about(string email)
    {
        Assert.Null(await _bench.FindAsync(email));
        Assert.Empty(_bench.Dns.Asked);
        Assert.Empty(_bench.Fetched);
    }
}
