using Gateway.BrowserTests.Access;
using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>Everybody can use it: every screen in both themes and both directions of reading, by axe's rules, and what a screen reader is told.</summary>
public sealed class AccessTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_screen_is_accessible()
    {
        var address = site.Mail.NewUser("access");
        await AccessMail.DeliverAsync(site.Mail, address, Ct);
        var (signIn, page) = await site.OpenAsync();
        var axe = new Axe(page);
        await axe.LookAsync("sign-in");
        await page.GetByText("Server settings").ClickAsync();
        await signIn.FillAsync(address, "wrong");
        await Expect(signIn.Error).ToBeVisibleAsync();
        await axe.LookAsync("sign-in, refused");
        await page.ReloadAsync();
        await signIn.SignInAsync(address);
        var walk = new AccessWalk(page, site.Address, axe);

        var missed = await Record.ExceptionAsync(async () =>
        {
            await walk.ListAsync();
            await walk.ReaderAsync();
            await walk.WritingAsync();
            await walk.SearchAsync();
            await walk.OverlaysAsync();
            await walk.SettingsAsync();
            await walk.TroubleAsync();
        });

        axe.AssertClean(); // what was found until a screen could not be reached is told first
        Assert.Null(missed);
    }

    [Fact]
    public async Task A_phone_has_large_targets_and_nothing_is_cut_off_at_320_px()
    {
        var address = site.Mail.NewUser("touch");
        await AccessMail.DeliverAsync(site.Mail, address, Ct);
        var (signIn, page) = await site.OpenAsync(width: 320, height: 640, isTouch: true);
        var axe = new Axe(page);
        List<string> faults = [];
        async Task LookAsync(string screen)
        {
            await axe.LookAsync($"phone, {screen}");
            faults.AddRange((await page.EvaluateAsync<string[]>(TouchFaults)).Select(fault => $"{screen}: {fault}"));
        }

        await LookAsync("sign-in");
        await signIn.FillAsync(address, TestKit.Servers.MailServers.Password);
        var mail = new MailPage(page);
        await Expect(mail.Row("Invitation")).ToBeVisibleAsync();
        await LookAsync("list");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show folders" }).ClickAsync();
        await LookAsync("mailboxes");
        await mail.GoToAsync("Inbox");
        await mail.OpenAsync("Three files");
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        await LookAsync("message");
        await page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        var compose = await mail.ComposeAsync();
        await Expect(compose.Body).ToBeVisibleAsync();
        await LookAsync("composer");
        await page.GotoAsync(new Uri(site.Address, "/settings/notifications").ToString());
        await Expect(page.GetByText("Inbox", new() { Exact = true })).ToBeVisibleAsync();
        await LookAsync("settings");

        axe.AssertClean();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_screen_reader_is_told_each_row_and_led_to_the_message_and_back()
    {
        var address = site.Mail.NewUser("reader");
        await AccessMail.DeliverAsync(site.Mail, address, Ct);
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(address);
        var row = mail.Row("Three files");

        await Expect(row).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex(@"^unread, Ann Berg,? Three files,? .*\d+.*, has attachment$"));
        await Expect(row).ToHaveAttributeAsync("aria-setsize", "5");
        await Expect(row).ToHaveAttributeAsync("aria-posinset", "3");
        await Expect(mail.List).ToHaveAttributeAsync("aria-multiselectable", "true");
        Assert.Equal(["Mailboxes"], await NamesAsync(page, "nav"));
        Assert.Equal(1, await page.Locator("main:visible").CountAsync());
        Assert.Equal(1, await page.Locator("[role=status], [aria-live]").CountAsync());

        await mail.List.FocusAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Expect(mail.List).ToHaveAttributeAsync("aria-activedescendant", (await row.GetAttributeAsync("id"))!);
        await page.Keyboard.PressAsync("Enter");
        await Expect(mail.Reader.GetByRole(AriaRole.Heading, new() { Level = 2, Name = "Three files" })).ToBeFocusedAsync();
        await Expect(mail.ShownFrame).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("."));
        await page.Keyboard.PressAsync("u");
        await Expect(mail.List).ToBeFocusedAsync();
        await Expect(mail.List).ToHaveAttributeAsync("aria-activedescendant", (await row.GetAttributeAsync("id"))!);

        await page.Keyboard.PressAsync("e");
        await Expect(mail.Status).ToHaveTextAsync("Archived. Undo");
    }

    /// <summary>What is smaller than a finger, or reaches out of the window. A box with a label is as large as the label; links within a sentence may be small (WCAG 2.5.8).</summary>
    private const string TouchFaults =
        """
        () => {
          const least = 44
          const targetOf = one => (one.matches('input') && one.closest('label')) || one
          const isSmall = ({ width, height }) => Math.round(height) < least || Math.round(width) < least
          const small = [...new Set([...document.querySelectorAll('button, a[href], select, input, [role=option]')].map(targetOf))]
            .filter(one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest('[inert], [aria-hidden=true], .visually-hidden, p'))
            .filter(one => isSmall(one.getBoundingClientRect()))
          const out = document.documentElement.scrollWidth - document.documentElement.clientWidth
          const told = one => `${Math.round(one.getBoundingClientRect().width)} x ${Math.round(one.getBoundingClientRect().height)}: ${one.outerHTML.slice(0, 140)}`
          return [...small.map(told), ...(out > 0 ? [`${out} px wider than the window`] : [])]
        }
        """;

    private static Task<string[]> NamesAsync(IPage page, string landmark) =>
        page.Locator($"{landmark}:visible").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('aria-label'))");
}
