using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

public sealed class BootstrapTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_inbox_is_painted_after_one_round_trip()
    {
        var address = site.Mail.NewUser();
        await site.Mail.DeliverAsync(address, "From: a@example.test\r\nSubject: Painted\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(address);
        await Expect(mail.Row("Painted")).ToBeVisibleAsync();
        await page.GotoAsync("about:blank"); // what the first page still asks for is not meant
        List<string> asked = [];
        var painted = false;
        await page.RouteAsync("**/v1/**", async route =>
        {
            if (!painted) { asked.Add(new Uri(route.Request.Url).AbsolutePath); }

            await route.ContinueAsync();
        });

        await page.GotoAsync(new Uri(site.Address, "/").ToString());
        await Expect(mail.Row("Painted")).ToBeVisibleAsync();
        painted = true;

        Assert.Equal(["/v1/accounts/me/bootstrap", "/v1/session"], asked.Take(2).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(asked, path => path.EndsWith("/mailboxes", StringComparison.Ordinal) || path.EndsWith("/messages", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_shows_an_inbox_is_asked_for_with_the_page_and_once(bool conversations)
    {
        var address = site.Mail.NewUser();
        await site.Mail.DeliverAsync(address, "From: a@example.test\r\nSubject: Painted\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(address);
        await Expect(mail.Row("Painted")).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(site.Address, "/settings/reading").ToString());
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Show conversations as one" }).SetCheckedAsync(conversations);

        await page.GotoAsync(new Uri(site.Address, "/").ToString());
        await Expect(mail.Row("Painted")).ToBeVisibleAsync();

        var asked = await page.EvaluateAsync<string[]>("() => performance.getEntriesByType('resource').filter(({ name }) => /session$|bootstrap/.test(name)).map(({ name, initiatorType }) => `${initiatorType} ${name}`)");
        var collapse = conversations ? "true" : "false";
        Assert.Equal([$"link {new Uri(site.Address, $"/v1/accounts/me/bootstrap?collapseThreads={collapse}")}", $"link {new Uri(site.Address, "/v1/session")}"], asked.Order(StringComparer.Ordinal));
    }
}
