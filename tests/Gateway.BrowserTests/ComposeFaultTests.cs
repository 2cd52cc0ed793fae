using System.Security.Cryptography;
using Gateway.BrowserTests.Pages;
using Gateway.TestKit.Servers;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Nothing typed is ever lost, whatever fails.</summary>
public sealed class ComposeFaultTests(SmallSite small) : IClassFixture<SmallSite>
{
    private readonly WebmailSite site = small.Site;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_network_what_is_typed_is_kept_through_a_crash_and_saved_afterwards()
    {
        var me = site.Mail.NewUser("me");
        var (mail, page) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.SubjectAsync("Cut off");
        await Expect(compose.Saved).ToBeVisibleAsync();
        var tries = 0;
        await page.Context.RouteAsync("**/v1/**", route =>
        {
            tries += route.Request.Url.Contains("/drafts", StringComparison.Ordinal) ? 1 : 0;
            return route.AbortAsync();
        });
        await compose.WriteAsync("Typed offline");
        await Expect(compose.Window.GetByText("Not saved. No connection; kept in this browser.")).ToBeVisibleAsync();
        Assert.InRange(tries, 1, 3); // a failure must not bring forth the next try at once

        await page.CloseAsync(new() { RunBeforeUnload = false });
        await page.Context.UnrouteAllAsync();
        var again = await page.Context.NewPageAsync();
        var (rescued, saved) = (new ComposePage(again), new ComposePage(again).WhenSavedAsync());
        await again.GotoAsync(new Uri(site.Address, "/").ToString());

        await Expect(rescued.Body).ToHaveTextAsync("Typed offline");
        await saved;
        Assert.Equal("Typed offline", Assert.Single(await ComposedMail.DraftsAsync(site.Mail, me, Ct)).TextBody!.Trim());
    }

    [Fact]
    public async Task A_session_that_ends_is_begun_again_over_the_page_and_the_draft_is_saved()
    {
        var me = site.Mail.NewUser("me");
        var (mail, page) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.Body.ClickAsync();
        await page.Context.ClearCookiesAsync();
        await page.Keyboard.InsertTextAsync("Typed after the session ended");
        await Expect(page.GetByText("Your session has ended.")).ToBeVisibleAsync();

        var saved = compose.WhenSavedAsync();
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(MailServers.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await saved;

        await Expect(compose.Body).ToHaveTextAsync("Typed after the session ended");
        Assert.Equal("Typed after the session ended", Assert.Single(await ComposedMail.DraftsAsync(site.Mail, me, Ct)).TextBody!.Trim());
    }

    [Fact]
    public async Task A_draft_written_in_two_tabs_loses_neither_text()
    {
        var me = site.Mail.NewUser("me");
        var (mail, page) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.SubjectAsync("Twice");
        await compose.WriteAsync("Common. ");
        await Expect(compose.Saved).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await mail.GoToAsync("Drafts");
        await mail.OpenAsync("Twice");
        await Expect(compose.Body).ToHaveTextAsync("Common. ");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        var there = new ComposePage(other);
        await Expect(there.Body).ToHaveTextAsync("Common. ");

        var saved = there.WhenSavedAsync();
        await there.WriteAsync("From the other tab.");
        await saved;
        await compose.WriteAsync("From this tab.");
        await Expect(compose.Window.GetByText("This draft was changed in another window")).ToBeVisibleAsync();
        var both = compose.WhenSavedAsync();
        await compose.Button("Open theirs beside mine").ClickAsync();
        await both;

        await Expect(page.Locator(".composer").Filter(new() { HasText = "Twice" })).ToHaveCountAsync(2);
        var drafts = await ComposedMail.DraftsAsync(site.Mail, me, Ct);
        Assert.Equal(["Common. From the other tab.", "Common. From this tab."], drafts.Select(draft => draft.TextBody!.Trim()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_full_mailbox_says_so_and_the_mail_can_still_be_sent()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        await site.Mail.DeliverAsync(me, $"Subject: Big\r\n\r\n{string.Join("\r\n", Enumerable.Repeat(new string('x', 70), 5650))}\r\n", Ct);
        var (mail, _) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        var words = string.Join(' ', Enumerable.Repeat("Many words.", 1600));
        await compose.ToAsync(bob);
        await compose.SubjectAsync("No room");
        await compose.Button("Plain text").ClickAsync();
        await compose.Body.FillAsync(words);
        await Expect(compose.Window.GetByText("The mailbox is full; it is kept in this browser.")).ToBeVisibleAsync();

        await compose.SendAsync();

        Assert.Equal(words, (await ComposedMail.ArrivedAsync(site.Mail, bob, Ct)).TextBody!.Trim());
    }

    [Fact]
    public async Task An_upload_that_breaks_off_goes_on_from_there()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        var (mail, page) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        var bytes = RandomNumberGenerator.GetBytes(2_500_000);
        var (broken, offsets) = (0, new List<string>());
        await page.RouteAsync("**/blobs/*", async route =>
        {
            if (route.Request.Method == "PATCH" && broken++ == 0)
            {
                await route.AbortAsync("connectionreset");
                return;
            }

            if (route.Request.Method == "PATCH") { offsets.Add(route.Request.Headers["upload-offset"]); }

            await route.ContinueAsync();
        });

        await compose.AttachAsync(new FilePayload { Name = "large.bin", MimeType = "application/octet-stream", Buffer = bytes });
        await Expect(compose.Window.GetByText("2.5 MB", new() { Exact = true })).ToBeVisibleAsync();

        Assert.Equal(["1000000", "2000000"], offsets);
        await compose.Window.GetByRole(AriaRole.Button, new() { Name = "Remove large.bin" }).ClickAsync();
        await Expect(compose.Window.GetByText("large.bin")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_mail_the_server_refuses_comes_back_with_its_words()
    {
        var (me, bob) = (site.Mail.NewUser("me"), site.Mail.NewUser("bob"));
        var (mail, _) = await SignInAsync(me);
        var compose = await mail.ComposeAsync();
        await compose.WriteAsync(bob, "Too large for them", "See the file attached.");
        await compose.AttachAsync(new FilePayload { Name = "large.bin", MimeType = "application/octet-stream", Buffer = RandomNumberGenerator.GetBytes(60_000) });

        await compose.SendAsync();

        await Expect(compose.Window.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not sent.");
        await Expect(compose.Window.GetByRole(AriaRole.Alert)).ToContainTextAsync("5");
        await Expect(compose.Body).ToHaveTextAsync("See the file attached.");
        await Expect(compose.Window.GetByText("large.bin")).ToBeVisibleAsync();
        await compose.Window.GetByRole(AriaRole.Button, new() { Name = "Remove large.bin" }).ClickAsync();
        await compose.SendAsync();
        await mail.PressAsync("Send anyway");
        Assert.Equal("Too large for them", (await ComposedMail.ArrivedAsync(site.Mail, bob, Ct)).Subject);
    }

    private async Task<(MailPage Mail, IPage Page)> SignInAsync(string address)
    {
        var (signIn, page) = await site.OpenAsync(1280, 900);
        return (await signIn.SignInAsync(address), page);
    }
}
