using Gateway.BrowserTests.Pages;
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
        var (mail, page) = await OnPhoneAsync();

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
        var (mail, page) = await OnPhoneAsync();

        await PullAsync(page, mail.Row("First"), 40);

        await Expect(page.Locator("[data-swipe]")).ToHaveCountAsync(0);
        await Expect(mail.Rows).ToHaveCountAsync(2);
        await Expect(mail.Reader).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_tap_opens_a_mail()
    {
        var (mail, _) = await OnPhoneAsync();

        await mail.Row("First").TapAsync();

        await Expect(mail.Body.GetByText("Text of First")).ToBeVisibleAsync();
    }

    private async Task<(MailPage Mail, IPage Page)> OnPhoneAsync()
    {
        var address = site.Mail.NewUser("thumb");
        foreach (var subject in new[] { "First", "Second" }) { await site.Mail.DeliverAsync(address, $"From: ann@example.test\r\nSubject: {subject}\r\n\r\nText of {subject}\r\n", Ct); }

        var (signIn, page) = await site.OpenAsync(width: 390, height: 844, isTouch: true);
        await signIn.FillAsync(address, TestKit.Servers.MailServers.Password);
        var mail = new MailPage(page);
        await Expect(mail.Rows).ToHaveCountAsync(2);
        return (mail, page);
    }

    /// <summary>A finger as the browser's own protocol moves it.</summary>
    private static async Task PullAsync(IPage page, ILocator row, int byPx)
    {
        var box = (await row.BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        var finger = await page.Context.NewCDPSessionAsync(page);
        await page.EvaluateAsync("() => { window.left = new Promise(done => addEventListener('pointerup', () => requestAnimationFrame(() => requestAnimationFrame(() => done())), { once: true, capture: true })) }");
        await SendAsync("touchStart", x);
        for (var step = 1; step <= 8; step++) { await SendAsync("touchMove", x + (byPx * step / 8f)); }

        await SendAsync("touchEnd", null);
        await page.EvaluateAsync("() => window.left"); // the page has seen the finger go, and shown what came of it

        Task SendAsync(string type, float? at) => finger.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type, ["touchPoints"] = at is { } there ? new[] { new { x = there, y } } : [],
        });
    }
}
