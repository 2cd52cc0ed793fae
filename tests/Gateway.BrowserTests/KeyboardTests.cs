using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

public sealed class KeyboardTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_palette_finds_a_mailbox_and_shows_the_key_of_a_command()
    {
        var (signIn, page) = await site.OpenAsync();
        await signIn.SignInAsync(site.Mail.NewUser());
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sent", Exact = true })).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Control+k");
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "Command palette" });
        await Expect(box).ToBeFocusedAsync();
        await box.FillAsync("compose");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("c");
        await box.FillAsync("go to sent");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sent", Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_key_is_changed_what_is_taken_is_told_and_the_new_one_works()
    {
        var address = site.Mail.NewUser();
        await site.Mail.DeliverAsync(address, "Subject: Away with it\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(address);
        await page.GotoAsync(new Uri(site.Address, "/settings/keys").ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "Change Delete", Exact = true }).ClickAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Reply");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("Backspace");
        await page.Keyboard.PressAsync("q");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");

        await Expect(mail.Row("Away with it")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("#");
        await page.Keyboard.PressAsync("q");
        await Expect(mail.Row("Away with it")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog).Locator("div", new() { HasText = "Delete" }).Locator("kbd", new() { HasText = "q" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Letters_do_nothing_while_one_types_or_when_they_are_turned_off()
    {
        var (signIn, page) = await site.OpenAsync();
        await signIn.SignInAsync(site.Mail.NewUser());

        await page.Locator("[data-search]").FocusAsync();
        await page.Keyboard.TypeAsync("c?");
        await Expect(page.Locator("[data-search]")).ToHaveValueAsync("c?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Escape");
        await page.Locator("[data-search]").BlurAsync();
        await page.Keyboard.PressAsync("?");
        await page.GetByLabel("Single-key shortcuts").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Command palette" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
    }
}
