using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>What a person chooses is kept for them, here and in every other browser.</summary>
public sealed class SettingsTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_chosen_in_one_browser_is_there_in_another()
    {
        var address = site.Mail.NewUser();
        var (signIn, page) = await site.OpenAsync();
        await signIn.SignInAsync(address);

        await GoToAsync(page, "appearance");
        var kept = page.WaitForResponseAsync(answer => answer.Request.Method == "PUT" && answer.Url.EndsWith("/settings", StringComparison.Ordinal) && answer.Ok);
        await page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await page.GetByText("Below the list").ClickAsync();
        await kept;

        var (again, other) = await site.OpenAsync();
        await again.SignInAsync(address);
        await Expect(other.Locator("html[data-theme=dark]")).ToHaveCountAsync(1);
        await Expect(other.Locator(".desk.below")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_identity_with_a_signature_is_added_and_removed()
    {
        var (signIn, page) = await site.OpenAsync();
        await signIn.SignInAsync(site.Mail.NewUser());
        await GoToAsync(page, "identities");

        await ButtonAsync(page, "Add identity");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ann, Sales");
        await page.GetByLabel("Email address").FillAsync("sales@example.test");
        await page.GetByLabel("Signature").FillAsync("Ann\nSales");
        await ButtonAsync(page, "Save");
        await Expect(page.GetByText("Ann, Sales <sales@example.test>")).ToBeVisibleAsync();

        await ButtonAsync(page, "Remove sales@example.test");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByText("Ann, Sales <sales@example.test>")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_template_shows_what_it_makes_before_it_is_kept()
    {
        var (signIn, page) = await site.OpenAsync();
        await signIn.SignInAsync(site.Mail.NewUser());
        await GoToAsync(page, "templates");

        await ButtonAsync(page, "Add template");
        await page.GetByLabel("Name of the template").FillAsync("Welcome");
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("Dear {{ name }}");
        await ButtonAsync(page, "Preview");
        await page.GetByLabel("name", new() { Exact = true }).FillAsync("Bob");
        await page.GetByLabel("name", new() { Exact = true }).BlurAsync();
        await Expect(page.GetByText("Dear Bob")).ToBeVisibleAsync();
        await ButtonAsync(page, "Save");

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Edit Welcome" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_mbox_is_imported_and_exported_again()
    {
        var address = site.Mail.NewUser();
        var (signIn, page) = await site.OpenAsync();
        await signIn.SignInAsync(address);
        await GoToAsync(page, "transfer");

        await page.GetByLabel("Files").SetInputFilesAsync(new FilePayload
        {
            Name = "old.mbox", MimeType = "application/mbox",
            Buffer = "From a Thu Jan  1 00:00:10 1998\nSubject: First\n\n>From then\n\nFrom b\nSubject: Second\nDate: Mon, 2 Feb 2026 10:00:00 +0000\n\ntext\n"u8.ToArray(),
        });
        await Expect(page.GetByText("2 messages imported.").First).ToBeVisibleAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(file);
        var mbox = await reader.ReadToEndAsync(Ct);
        Assert.Equal("INBOX.mbox", download.SuggestedFilename);
        Assert.StartsWith("From MAILER-DAEMON Thu Jan 1 00:00:10 1998\nSubject: First\n\n>From then\n\nFrom ", mbox, StringComparison.Ordinal);
        Assert.Contains("Subject: Second\n", mbox, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_browsers_are_listed_and_signed_out()
    {
        var address = site.Mail.NewUser();
        var (first, page) = await site.OpenAsync();
        await first.SignInAsync(address);
        var (second, other) = await site.OpenAsync();
        await second.SignInAsync(address);

        await GoToAsync(page, "sessions");
        await Expect(page.GetByText("This one")).ToHaveCountAsync(1);
        await ButtonAsync(page, "Sign out all others");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out all others" })).ToHaveCountAsync(0);

        await other.ReloadAsync();
        await Expect(other.GetByLabel("Email address")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Esc_leads_back_to_the_mail_one_came_from()
    {
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(site.Mail.NewUser());
        await mail.GoToAsync("Sent");
        var before = page.Url;

        await page.GetByRole(AriaRole.Button, new() { Name = "Account" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Keyboard" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Keyboard", Level = 1 })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Mailboxes" })).ToBeVisibleAsync();
        Assert.Equal(before, page.Url);
    }

    private Task<IResponse?> GoToAsync(IPage page, string settings) => page.GotoAsync(new Uri(site.Address, $"/settings/{settings}").ToString());

    private static Task ButtonAsync(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
