using Gateway.TestKit.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests.Pages;

/// <summary>Several accounts of one session.</summary>
internal sealed class AccountsPage(IPage page)
{
    public IPage Page => page;

    public MailPage Mail { get; } = new(page);

    /// <summary>The way to all inboxes that stands above the mailboxes.</summary>
    public ILocator Entry => page.GetByRole(AriaRole.Navigation, new() { Name = "Mailboxes" }).GetByRole(AriaRole.Link, new() { Name = "All inboxes" });

    /// <summary>What could not be read, and of which account.</summary>
    public ILocator Notice => page.Locator(".notice.warning");

    /// <summary>The bar that tells of a lost connection.</summary>
    public ILocator Offline => page.GetByRole(AriaRole.Region, new() { Name = "Connection" });

    public ILocator Undo => page.GetByRole(AriaRole.Button, new() { Name = "Undo" });

    /// <summary>The row that keys act on.</summary>
    public ILocator Cursor => page.Locator("[data-message-id][data-cursor]");

    public async Task MenuAsync(AriaRole role, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Account" }).First.ClickAsync();
        await page.GetByRole(role, new() { Name = name, Exact = true }).ClickAsync();
    }

    /// <summary>Signs in to a further account, which is shown then.</summary>
    public async Task AddAsync(string address)
    {
        await MenuAsync(AriaRole.Menuitem, "Add account");
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Add account" }); // a composer is one, too
        await sheet.GetByLabel("Email address").FillAsync(address);
        await sheet.GetByLabel("Password", new() { Exact = true }).FillAsync(MailServers.Password);
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(sheet).ToHaveCountAsync(0);
    }

    public async Task OpenAllAsync()
    {
        await Entry.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "All inboxes", Level = 1 })).ToBeVisibleAsync();
    }

    /// <summary>On a fresh page that hears of nothing, so that nothing is read again by itself.</summary>
    public async Task OpenAllDeafAsync(Uri site)
    {
        await page.RouteAsync("**/hubs/events/negotiate*", route => route.AbortAsync());
        await page.GotoAsync(new Uri(site, "/mail/all").ToString());
    }

    /// <summary>Answers as the gateway does whose mail server is away.</summary>
    public static Task DownAsync(IRoute route) => route.FulfillAsync(new()
    {
        Status = 502, ContentType = "application/problem+json", Body = """{"type":"about:blank","title":"Down","status":502,"code":"server-unreachable","detail":"The mail server is down."}""",
    });
}
