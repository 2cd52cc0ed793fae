using Gateway.BrowserTests;
using Gateway.TestKit.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(WebmailServers))]

namespace Gateway.BrowserTests;

/// <summary>A Dovecot, a Postfix and a Gateway for all tests, each of which makes its own users.</summary>
public sealed class WebmailServers : IAsyncLifetime
{
    private readonly IReadOnlyDictionary<string, string> _settings;
    private MailServers _mail = null!;
    private GatewayProcess _gateway = null!;

    public WebmailServers() : this(new Dictionary<string, string>())
    {
    }

    /// <param name="settings">How the mail servers are set up, under the names of their script.</param>
    internal WebmailServers(IReadOnlyDictionary<string, string> settings) => _settings = settings;

    internal MailServers Mail => _mail;

    internal Uri Address => _gateway.Address;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        _mail = await MailServers.StartAsync(_settings, ct);
        _gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = _mail, Variables = Preset(_mail.Ports) }, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _mail.DisposeAsync();
    }

    /// <summary>What an operator sets for the mail servers of the house: users type address and password, no more.</summary>
    private static Dictionary<string, string> Preset(MailServerPorts ports) => new()
    {
        ["GATEWAY__Discovery__Presets__0__Domain"] = "example.test",
        ["GATEWAY__Discovery__Presets__0__Imap__Host"] = "127.0.0.1",
        ["GATEWAY__Discovery__Presets__0__Imap__Port"] = $"{ports.Imaps}",
        ["GATEWAY__Discovery__Presets__0__Imap__Security"] = "tls",
        ["GATEWAY__Discovery__Presets__0__Smtp__Host"] = "127.0.0.1",
        ["GATEWAY__Discovery__Presets__0__Smtp__Port"] = $"{ports.Smtp}",
        ["GATEWAY__Discovery__Presets__0__Smtp__Security"] = "startTls",
        ["GATEWAY__RateLimits__SignInsPerMinute"] = "1000", // all tests sign in from one address
    };
}
