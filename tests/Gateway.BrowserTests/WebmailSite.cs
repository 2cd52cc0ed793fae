using Gateway.BrowserTests.Pages;
using Gateway.TestKit.Servers;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.BrowserTests;

/// <summary>The built webmail, served by a real Gateway before a real Dovecot and Postfix, in a real browser.</summary>
public sealed class WebmailSite : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly IReadOnlyDictionary<string, string> _servers;
    private MailServers _mail = null!;
    private GatewayProcess _gateway = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public WebmailSite() : this(new Dictionary<string, string>())
    {
    }

    /// <param name="servers">How the mail servers are set up, under the names of their script.</param>
    internal WebmailSite(IReadOnlyDictionary<string, string> servers) => _servers = servers;

    internal MailServers Mail => _mail;

    internal Uri Address => _gateway.Address;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        Assertions.SetDefaultExpectTimeout(30_000); // ms: two cores are shared with the servers and the browser
        _mail = await MailServers.StartAsync(_servers, ct);
        _gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = _mail, Variables = Preset(_mail.Ports) }, ct);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", Args = Arguments,
        });
    }

    /// <summary>A fresh browser profile at the sign-in page.</summary>
    internal async Task<(SignInPage SignIn, IPage Page)> OpenAsync(int width = 1280, int height = 800, bool isTouch = false, ColorScheme theme = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = theme, HasTouch = isTouch, IsMobile = isTouch });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(Address, "/").ToString());
        return (new(page), page);
    }

    /// <summary>A browser of its own with a profile, at a blank page, that a tool beside us can look at through a port.</summary>
    internal async Task<IBrowserContext> OpenForToolsAsync(int port) => await _playwright.Chromium.LaunchPersistentContextAsync("", new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", Args = [.. Arguments, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"--remote-debugging-port={port}")],
    });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
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
    };
}
