using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

public sealed class LanguageTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    [Fact]
    public async Task Another_language_shows_at_once_and_turns_the_page_around_where_it_is_read_from_the_right()
    {
        var (signIn, page) = await site.OpenAsync();
        await signIn.SignInAsync(site.Mail.NewUser());
        await page.GotoAsync(new Uri(site.Address, "/settings/language").ToString());

        await page.GetByLabel("Language").SelectOptionAsync("de");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sprache", Level = 1 })).ToBeVisibleAsync();
        await Expect(page.Locator("html[lang=de][dir=ltr]")).ToHaveCountAsync(1);

        await page.GetByLabel("Sprache").SelectOptionAsync("ar");
        await Expect(page.Locator("html[lang=ar][dir=rtl]")).ToHaveCountAsync(1);
        var navigation = (await page.GetByRole(AriaRole.Navigation).BoundingBoxAsync())!;
        var main = (await page.GetByRole(AriaRole.Main).BoundingBoxAsync())!;
        Assert.True(navigation.X > main.X, $"{navigation.X} {main.X}");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));

        await page.ReloadAsync();
        await Expect(page.Locator("html[lang=ar][dir=rtl]")).ToHaveCountAsync(1);
    }
}
