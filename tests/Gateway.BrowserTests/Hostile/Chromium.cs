using Gateway.TestKit.Hostile;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.BrowserTests.Hostile;

/// <summary>One real browser, one site of ours and one listener that stands for the rest of the world.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    internal LoopbackSite Site { get; private set; } = null!;

    internal LoopbackSite Listener { get; private set; } = null!;

    /// <summary>The messages that have HTML; the others never reach a page as markup.</summary>
    internal static IEnumerable<HostileMail> Mails => HostileMails.All.Where(mail => mail.Body("x") is { IsHtml: true });

    public async ValueTask InitializeAsync()
    {
        Listener = await LoopbackSite.StartAsync(app => app.Run(context => context.Response.WriteAsync("x")));
        Site = await LoopbackSite.StartAsync(app => TestPages.Map(app, () => Listener.Origin));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = InstalledChromium.Path, Args = InstalledChromium.Arguments });
    }

    /// <summary>A fresh profile each time: no message finds what another left.</summary>
    internal async Task<WatchedPage> OpenAsync() => await WatchedPage.OpenAsync(await _browser.NewContextAsync());

    /// <summary>Has the browser read markup, in both its modes, and write down the trees.</summary>
    internal async Task<IReadOnlyList<string>> ReadAsync(IReadOnlyList<string> fragments)
    {
        await using var context = await _browser.NewContextAsync();
        var page = await context.NewPageAsync();
        return await page.EvaluateAsync<string[]>(TestPages.ReadTrees, fragments);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Site.DisposeAsync();
        await Listener.DisposeAsync();
    }
}
