using System.Text.RegularExpressions;
using Gateway.BrowserTests.Pages;
using MailKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Fingers on a phone.</summary>
public sealed class TouchTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_pulled_to_its_end_is_archived_and_one_pulled_back_shows_what_else_there_is()
    {
        var (mail, page, _) = await OnPhoneAsync();

        await PullAsync(page, mail.Row("First"), 160);
        await Expect(mail.Row("First")).ToHaveCountAsync(0);
        await Expect(mail.Status.Filter(new() { HasText = "Archived." }).First).ToBeVisibleAsync();

        await PullAsync(page, mail.Row("Second"), -160);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await Expect(mail.Rows).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_row_pulled_a_little_goes_back()
    {
        var (mail, page, _) = await OnPhoneAsync();

        await PullAsync(page, mail.Row("First"), 40);

        await Expect(page.Locator("[data-swipe]")).ToHaveCountAsync(0);
        await Expect(mail.Rows).ToHaveCountAsync(2);
        await Expect(mail.Reader).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_pull_goes_on_while_the_list_changes()
    {
        var (mail, page, address) = await OnPhoneAsync();
        using var elsewhere = await site.Mail.ImapAsync(address, Ct);
        var inbox = elsewhere.Inbox;
        await inbox.OpenAsync(FolderAccess.ReadWrite, Ct);

        var finger = await Finger.PutAsync(page, mail.Row("First"));
        await finger.PullAsync(60);
        await inbox.AddFlagsAsync(0, MessageFlags.Seen, silent: true, Ct);
        await Expect(mail.Row("First")).Not.ToHaveClassAsync(new Regex("unread"));
        await finger.PullAsync(160);
        await finger.LiftAsync();

        await Expect(mail.Row("First")).ToHaveCountAsync(0);
        await Expect(mail.Status.Filter(new() { HasText = "Archived." }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_tap_after_a_little_pull_opens_a_mail()
    {
        var (mail, page, _) = await OnPhoneAsync();

        await PullAsync(page, mail.Row("First"), 40);
        await mail.Row("First").TapAsync();

        await Expect(mail.Body.GetByText("Text of First")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_tap_opens_a_mail()
    {
        var (mail, _, _) = await OnPhoneAsync();

        await mail.Row("First").TapAsync();

        await Expect(mail.Body.GetByText("Text of First")).ToBeVisibleAsync();
    }

    private async Task<(MailPage Mail, IPage Page, string Address)> OnPhoneAsync()
    {
        var address = site.Mail.NewUser("thumb");
        foreach (var subject in new[] { "First", "Second" }) { await site.Mail.DeliverAsync(address, $"From: ann@example.test\r\nSubject: {subject}\r\n\r\nText of {subject}\r\n", Ct); }

        var (signIn, page) = await site.OpenAsync(width: 390, height: 844, isTouch: true);
        await signIn.FillAsync(address, TestKit.Servers.MailServers.Password);
        var mail = new MailPage(page);
        await Expect(mail.Rows).ToHaveCountAsync(2);
        return (mail, page, address);
    }

    private static async Task PullAsync(IPage page, ILocator row, int byPx)
    {
        var finger = await Finger.PutAsync(page, row);
        await finger.PullAsync(byPx);
        await finger.LiftAsync();
    }
}
