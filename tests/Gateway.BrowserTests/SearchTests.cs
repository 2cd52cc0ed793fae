using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Searching by words and operators, here and everywhere.</summary>
public sealed class SearchTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_typed_while_the_mailbox_is_on_its_way_stays()
    {
        var address = site.Mail.NewUser();
        await site.Mail.DeliverAsync(address, "From: Ann <ann@example.test>\r\nSubject: Here\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(address);
        await Expect(mail.Row("Here")).ToBeVisibleAsync();
        var typed = new TaskCompletionSource();
        await page.RouteAsync("**/bootstrap*", async route =>
        {
            await typed.Task;
            await route.ContinueAsync();
        });
        await page.ReloadAsync();

        await page.Locator("[data-search]").FocusAsync();
        await page.Keyboard.TypeAsync("ann");
        typed.SetResult();

        await Expect(mail.Row("Here")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-search]")).ToHaveValueAsync("ann");
    }

    [Fact]
    public async Task An_address_that_names_a_search_and_no_account_searches_the_one_that_is_shown()
    {
        var mail = await WithMailsAsync();

        await mail.Page.GotoAsync(new Uri(site.Address, "/search?q=from%3Aann%20tickets").ToString());

        await Expect(mail.Rows).ToHaveCountAsync(1);
        await Expect(mail.Page.Locator("[data-search]")).ToHaveValueAsync("tickets"); // its operator is a chip
    }

    [Fact]
    public async Task A_search_shows_what_it_finds_until_it_is_cleared()
    {
        var mail = await WithMailsAsync();

        await mail.Page.Keyboard.PressAsync("/");
        await mail.Page.Keyboard.TypeAsync("from:ann tickets");
        await mail.Page.Keyboard.PressAsync("Enter");
        await Expect(mail.Rows).ToHaveCountAsync(1);
        await Expect(mail.Row("Tickets")).ToBeVisibleAsync();
        await Expect(mail.Page.GetByText("1 found").First).ToBeVisibleAsync();
        Assert.Contains("q=from%3Aann+tickets", mail.Page.Url, StringComparison.Ordinal);

        var box = mail.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search this mailbox" });
        await box.FillAsync("is:green");
        await box.PressAsync("Enter");
        await Expect(mail.Page.GetByText("is: knows unread")).ToBeVisibleAsync();

        await box.PressAsync("Escape");
        await Expect(mail.Rows).ToHaveCountAsync(3);
        await Expect(box).ToHaveValueAsync("");
    }

    [Fact]
    public async Task An_operator_becomes_a_chip_that_can_be_taken_off()
    {
        var mail = await WithMailsAsync();
        await mail.Page.Keyboard.PressAsync("/");
        await mail.Page.Keyboard.TypeAsync("from:bo");
        await mail.Page.GetByRole(AriaRole.Listbox, new() { Name = "Search suggestions" }).GetByRole(AriaRole.Option, new() { Name = "Bob" }).ClickAsync();
        await mail.Page.Keyboard.TypeAsync("tickets");
        await mail.Page.Keyboard.PressAsync("Enter");
        await Expect(mail.Rows).ToHaveCountAsync(1);

        await mail.PressAsync("Remove from:bob@example.test");

        await Expect(mail.Rows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_is_not_here_is_found_in_all_mailboxes_and_opens_there()
    {
        var mail = await WithMailsAsync();
        await mail.Row("Weather").HoverAsync();
        await mail.List.GetByTitle("Archive", new() { Exact = true }).ClickAsync();
        await Expect(mail.Rows).ToHaveCountAsync(2);

        await mail.Page.Keyboard.PressAsync("/");
        await mail.Page.Keyboard.TypeAsync("weather");
        await mail.Page.Keyboard.PressAsync("Enter");
        await Expect(mail.Page.GetByText("Nothing found")).ToBeVisibleAsync();
        await mail.PressAsync("Search all mailboxes");

        await Expect(mail.Row("Weather")).ToContainTextAsync("Archive");
        await mail.OpenAsync("Weather");
        await Expect(mail.Body.GetByText("Text of Weather")).ToBeVisibleAsync();
        await mail.Page.ReloadAsync();
        await Expect(mail.Body.GetByText("Text of Weather")).ToBeVisibleAsync();
        await Expect(mail.Rows).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_one_mailbox_has_is_there_while_another_is_still_being_searched()
    {
        var mail = await WithMailsAsync();
        await mail.Row("Weather").HoverAsync();
        await mail.List.GetByTitle("Archive", new() { Exact = true }).ClickAsync();
        await Expect(mail.Rows).ToHaveCountAsync(2);
        var archive = (await mail.Mailbox("Archive").GetAttributeAsync("href"))!.Split('/')[^1];
        var goOn = new TaskCompletionSource();
        await mail.Page.RouteAsync($"**/messages?*mailbox={archive}*", async route =>
        {
            await goOn.Task;
            await route.ContinueAsync();
        });

        await mail.Page.Keyboard.PressAsync("/");
        await mail.Page.Keyboard.TypeAsync("from:ann in:all");
        await mail.Page.Keyboard.PressAsync("Enter");
        await Expect(mail.Rows).ToHaveCountAsync(1);
        await Expect(mail.Row("Tickets")).ToBeVisibleAsync();
        await Expect(mail.Page.GetByText(new System.Text.RegularExpressions.Regex("^1 of 2 mailboxes searched"))).ToBeVisibleAsync();
        goOn.SetResult();

        await Expect(mail.Row("Weather")).ToBeVisibleAsync();
        await Expect(mail.Page.GetByText("2 found").First).ToBeVisibleAsync();
    }

    private async Task<MailPage> WithMailsAsync()
    {
        var address = site.Mail.NewUser("seeker");
        foreach (var (from, subject) in new[] { ("Ann <ann@example.test>", "Tickets"), ("Bob <bob@example.test>", "Tickets too"), ("Ann <ann@example.test>", "Weather") })
        {
            await site.Mail.DeliverAsync(address, $"From: {from}\r\nSubject: {subject}\r\n\r\nText of {subject}\r\n", Ct);
        }

        var (signIn, _) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(address);
        await Expect(mail.Rows).ToHaveCountAsync(3);
        return mail;
    }
}
