using System.Text.RegularExpressions;
using Gateway.BrowserTests.Pages;
using Gateway.TestKit.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests.Screens;

/// <summary>A person at the window whose pictures are taken, and the ways they go again and again.</summary>
internal sealed class ScreenWalk
{
    private const float StepTimeout = 10_000; // ms: a screen that is not there by then is told as missed

    private readonly Camera _camera;
    private string _inbox = "/";

    public ScreenWalk(IPage page, Uri site, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.EnumerateFiles(folder, "*.png")) { File.Delete(old); }

        (Page, Site, Mail, _camera) = (page, site, new(page), new(page, folder));
        page.SetDefaultTimeout(StepTimeout);
    }

    public IPage Page { get; }

    public Uri Site { get; }

    public MailPage Mail { get; }

    public bool IsPhone => Page.ViewportSize!.Width < 700;

    public IReadOnlyList<string> Missed => _camera.Missed;

    public Task TakeAsync(string name, Func<Task> reach) => _camera.TakeAsync(name, reach);

    public async Task SignInAsync(string address)
    {
        var signIn = new SignInPage(Page);
        await TakeAsync("sign-in", () => Expect(Page.GetByLabel("Email address")).ToBeVisibleAsync());
        await TakeAsync("sign-in-refused", async () =>
        {
            await signIn.FillAsync(address, "wrong");
            await Expect(signIn.Error).ToBeVisibleAsync();
        });
        await TakeAsync("sign-in-servers", () => Page.GetByText("Server settings").ClickAsync());
        await Page.GotoAsync(Site.ToString());
        await TakeAsync("inbox", async () =>
        {
            await signIn.FillAsync(address, MailServers.Password);
            await Expect(Mail.Rows.First).ToBeVisibleAsync();
            await Page.WaitForURLAsync(new Regex("/mail/[^/]+/"));
            await Page.Mouse.MoveAsync(0, 0);
        });
        _inbox = new Uri(Page.Url).PathAndQuery;
    }

    public async Task OpenAsync(string subject)
    {
        await HomeAsync();
        await Mail.OpenAsync(subject);
        await Expect(Mail.ShownFrame.Last).ToBeVisibleAsync();
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('iframe[data-message-frame]')].every(frame => [...frame.contentDocument.images].every(image => image.src && image.complete))");
        await Page.Mouse.MoveAsync(0, 0);
    }

    public async Task HomeAsync()
    {
        await Page.GotoAsync(new Uri(Site, _inbox).ToString());
        await Expect(Mail.Rows.First).ToBeVisibleAsync();
    }

    public async Task OpenMailboxesAsync()
    {
        var button = Page.GetByRole(AriaRole.Button, new() { Name = "Show folders" });
        if (await button.IsVisibleAsync()) { await button.ClickAsync(); }
    }

    public async Task OpenAccountMenuAsync()
    {
        if (!IsPhone) { await OpenMailboxesAsync(); }
        await Page.GetByRole(AriaRole.Button, new() { Name = "Account" }).First.ClickAsync();
    }

    /// <summary>Closes whatever stands over the page.</summary>
    public async Task LeaveAsync()
    {
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("dialog[open], .menu")).ToHaveCountAsync(0);
    }
}
