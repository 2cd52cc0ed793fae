using Gateway.TestKit.Servers;
using Microsoft.Playwright;

namespace Gateway.BrowserTests.Pages;

/// <summary>The sign-in form.</summary>
internal sealed class SignInPage(IPage page)
{
    public async Task<MailPage> SignInAsync(string address, string password = MailServers.Password)
    {
        await FillAsync(address, password);
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Mailboxes" }).WaitForAsync();
        return new(page);
    }

    public async Task FillAsync(string address, string password)
    {
        await page.GetByLabel("Email address").FillAsync(address);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    public ILocator Error => page.GetByRole(AriaRole.Alert);
}
