using Gateway.TestKit.Servers;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

public sealed class AccountsTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_account_is_added_switched_to_and_shown_with_the_first_in_one_inbox_live()
    {
        var (first, second) = (site.Mail.NewUser("first"), site.Mail.NewUser("second"));
        await site.Mail.DeliverAsync(first, "From: a@example.test\r\nSubject: For the first\r\n\r\nText\r\n", Ct);
        await site.Mail.DeliverAsync(second, "From: b@example.test\r\nSubject: For the second\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(first);
        await Expect(mail.Row("For the first")).ToBeVisibleAsync();

        await MenuAsync(page, AriaRole.Menuitem, "Add account");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Email address").FillAsync(second);
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Password", new() { Exact = true }).FillAsync(MailServers.Password);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(mail.Row("For the second")).ToBeVisibleAsync();
        await Expect(mail.Row("For the first")).ToHaveCountAsync(0);

        await MenuAsync(page, AriaRole.Menuitem, "All inboxes");
        await Expect(mail.Rows).ToHaveCountAsync(2);
        await site.Mail.DeliverAsync(first, "From: c@example.test\r\nSubject: Live one\r\n\r\nText\r\n", Ct);
        await Expect(mail.Row("Live one")).ToBeVisibleAsync();

        await mail.OpenAsync("For the first");
        await Expect(mail.Reader.GetByText("For the first").First).ToBeVisibleAsync();
        await MenuAsync(page, AriaRole.Menuitemradio, second);
        await Expect(mail.Row("For the second")).ToBeVisibleAsync();
    }

    private static async Task MenuAsync(IPage page, AriaRole role, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Account" }).First.ClickAsync();
        await page.GetByRole(role, new() { Name = name, Exact = true }).ClickAsync();
    }
}
