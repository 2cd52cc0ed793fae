using Gateway.BrowserTests.Hostile;
using Gateway.BrowserTests.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>What can be done with a mail that is open.</summary>
public sealed class ReaderTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private const string Html = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";

    private static readonly byte[] Pixel =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Remote_images_are_loaded_by_the_server_once_somebody_asks_for_them()
    {
        await using var world = await LoopbackSite.StartAsync(app => app.Run(context =>
        {
            context.Response.ContentType = "image/png";
            return context.Response.Body.WriteAsync(Pixel, Ct).AsTask();
        }));
        var (mail, _) = await OpenAsync($"Subject: Pictures\r\n{Html}<p>Look</p><img alt=\"\" src=\"{world.Origin}/seen.png\">");
        await Expect(mail.Page.GetByText("1 remote image blocked")).ToBeVisibleAsync();
        Assert.Empty(world.Requests);

        await mail.Page.Locator("[data-action=show-images]").ClickAsync();

        await Expect(mail.Body.Locator("img[src^='blob:']")).ToHaveJSPropertyAsync("naturalWidth", 1);
        Assert.Equal(["/seen.png"], world.Requests);
        Assert.Empty(await MailPage.ViolationsAsync(mail.Page));
    }

    [Fact]
    public async Task A_mailing_is_left_with_one_click_and_what_did_not_work_can_be_tried_again()
    {
        // Nobody listens at port 1: the server tries it and fails.
        var (mail, page) = await OpenAsync("Subject: News\r\nList-Unsubscribe: <https://127.0.0.1:1/leave>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nWeekly\r\n");
        await mail.PressAsync("Unsubscribe");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Unsubscribe" }).ClickAsync();
        await Expect(mail.Status.Filter(new() { HasText = "Leaving did not work." }).First).ToBeVisibleAsync();

        await page.RouteAsync("**/unsubscribe", route => route.FulfillAsync(new() { Status = 204 }));
        await mail.PressAsync("Retry");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Unsubscribe" }).ClickAsync();

        await Expect(mail.Status.Filter(new() { HasText = "You have left this mailing." }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Mail_without_colours_is_dark_on_a_dark_page_and_the_rest_stands_on_light_until_it_is_asked_for()
    {
        var (mail, page) = await OpenAsync($"Subject: Colours\r\n{Html}<p style=\"color: #123456; background: #ffeedd\">Painted</p>", ColorScheme.Dark);
        var ground = page.Locator("[data-action=ground]");
        await Expect(ground).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal("rgb(18, 52, 86)", await ColourAsync("Painted"));

        await ground.ClickAsync();
        await Expect(ground).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Equal("rgb(233, 234, 236)", await ColourAsync("Painted"));

        await site.Mail.DeliverAsync(_address, From($"Subject: Bare\r\n{Html}<p>Plain</p>"), Ct);
        await page.GotoAsync(site.Address.ToString());
        await mail.OpenAsync("Bare");
        await Expect(mail.Body.GetByText("Plain")).ToBeVisibleAsync();
        await Expect(ground).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Equal("rgb(233, 234, 236)", await ColourAsync("Plain"));

        Task<string> ColourAsync(string words) => mail.Body.GetByText(words).EvaluateAsync<string>("element => getComputedStyle(element).color");
    }

    [Fact]
    public async Task Printing_opens_the_dialog_for_the_message_alone_with_its_head_and_everything_unfolded()
    {
        var (mail, page) = await OpenAsync("From: Ann Berg <ann@example.test>\r\nTo: Bo <bo@example.test>\r\nSubject: On paper\r\n\r\nNew words\r\n\r\nOn Monday Bo wrote:\r\n> Old words\r\n");
        await mail.WatchPrintingAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "More for this message" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Print conversation" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Print" }).ClickAsync();

        var printed = await mail.PrintedAsync();
        Assert.All(["On paper", "Ann Berg <ann@example.test>", "Bo <bo@example.test>", "New words", "Old words"], words => Assert.Contains(words, printed, StringComparison.Ordinal));
        Assert.Empty(await MailPage.ViolationsAsync(page));
    }

    [Fact]
    public async Task The_next_message_is_put_into_a_frame_that_has_been_loaded_before()
    {
        var (mail, page) = await OpenAsync("From: Ann <ann@example.test>\r\nSubject: The first\r\n\r\nFirst words\r\n");
        const string kept = "const kept = document.querySelector('body > [hidden] > iframe')?.contentDocument;";
        await page.WaitForFunctionAsync($"() => {{ {kept} return kept?.URL.endsWith('/message-frame.html') && kept.readyState === 'complete' }}");
        await page.EvaluateAsync($"() => {{ {kept} kept.wasLoaded = true }}");
        await page.Keyboard.PressAsync("u");
        await Expect(mail.ShownFrame).ToHaveCountAsync(0);

        await mail.OpenAsync("The first");

        await Expect(mail.Body.GetByText("First words")).ToBeVisibleAsync();
        Assert.True(await mail.ShownFrame.EvaluateAsync<bool>("frame => frame.contentDocument.wasLoaded === true"));
        Assert.Empty(await MailPage.ViolationsAsync(page));
    }

    private string _address = "";

    private async Task<(MailPage Mail, IPage Page)> OpenAsync(string raw, ColorScheme theme = ColorScheme.Light)
    {
        _address = site.Mail.NewUser("reader");
        await site.Mail.DeliverAsync(_address, From(raw), Ct);
        var (signIn, page) = await site.OpenAsync(theme: theme);
        var mail = await signIn.SignInAsync(_address);
        await mail.Rows.First.ClickAsync();
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        return (mail, page);
    }

    private static string From(string raw) => raw.StartsWith("From:", StringComparison.Ordinal) ? raw : $"From: Rosa <rosa@example.test>\r\n{raw}";
}
