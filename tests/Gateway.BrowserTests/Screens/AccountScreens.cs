using Gateway.TestKit.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests.Screens;

/// <summary>Several accounts.</summary>
internal sealed class AccountScreens(ScreenWalk walk)
{
    public async Task TakeAsync(string second)
    {
        await walk.TakeAsync("add-account", async () =>
        {
            await walk.HomeAsync();
            await walk.OpenAccountMenuAsync();
            await walk.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Add account" }).ClickAsync();
            await Expect(walk.Page.GetByRole(AriaRole.Dialog).GetByLabel("Email address")).ToBeVisibleAsync();
        });
        await walk.TakeAsync("second-account", async () =>
        {
            var sheet = walk.Page.GetByRole(AriaRole.Dialog);
            await sheet.GetByLabel("Email address").FillAsync(second);
            await sheet.GetByLabel("Password", new() { Exact = true }).FillAsync(MailServers.Password);
            await sheet.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Expect(walk.Mail.Row("Proofs are on the way")).ToBeVisibleAsync();
        });
        await walk.TakeAsync("account-menu-two", walk.OpenAccountMenuAsync);
        await walk.TakeAsync("all-inboxes", async () =>
        {
            await walk.Page.GotoAsync(new Uri(walk.Site, "/mail/all").ToString());
            await Expect(walk.Mail.Row("Proofs are on the way")).ToBeVisibleAsync();
            await Expect(walk.Mail.Row("Harbour rebrand").First).ToBeVisibleAsync();
        });
    }
}
