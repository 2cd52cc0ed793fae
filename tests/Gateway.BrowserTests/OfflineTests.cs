using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

public sealed class OfflineTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_network_the_page_opens_and_mail_read_before_is_there_until_one_signs_out()
    {
        var address = site.Mail.NewUser();
        await site.Mail.DeliverAsync(address, "From: a@example.test\r\nSubject: Read before\r\n\r\nWords to remember\r\n", Ct);
        var (signIn, page) = await site.OpenAsync();
        var mail = await signIn.SignInAsync(address);
        await mail.OpenAsync("Read before");
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'");
        await page.ReloadAsync(); // this time through the worker, which then has every file
        await Expect(mail.ShownFrame).ToBeVisibleAsync();

        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Expect(page.GetByText("Offline. Showing mail from").First).ToBeVisibleAsync();
        await Expect(mail.Row("Read before").First).ToBeVisibleAsync();
        await Expect(mail.Body.GetByText("Words to remember")).ToBeVisibleAsync();

        await page.Context.SetOfflineAsync(false);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Account" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await Expect(page.GetByLabel("Email address")).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("async () => (await indexedDB.databases()).filter(d => d.name === 'gateway').length + localStorage.length"));
        var cached = await page.EvaluateAsync<string[]>("async () => (await Promise.all((await caches.keys()).map(async n => (await (await caches.open(n)).keys()).map(r => new URL(r.url).pathname)))).flat()");
        Assert.NotEmpty(cached);
        Assert.All(cached, path => Assert.True(path is "/" or "/message-frame.html" || path.StartsWith("/assets/", StringComparison.Ordinal), path));
    }
}
