using Gateway.BrowserTests.Pages;
using Gateway.TestKit.Servers;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.BrowserTests;

/// <summary>The built webmail, served by a real Gateway before a real Dovecot and Postfix, in a real browser: one a test class, whose pages end with it.</summary>
public class WebmailSite(WebmailServers servers) : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    private protected virtual string Browser => InstalledChromium.Path;

    internal MailServers Mail => servers.Mail;

    internal Uri Address => servers.Address;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000); // ms: two cores are shared with the servers and the browser
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = InstalledChromium.Arguments });
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
        ExecutablePath = InstalledChromium.Path, Args = [.. InstalledChromium.Arguments, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"--remote-debugging-port={port}")],
    });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        GC.SuppressFinalize(this);
    }
}
