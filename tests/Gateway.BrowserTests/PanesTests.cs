using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests;

/// <summary>How the room is shared between mailboxes, list and reader.</summary>
public sealed class PanesTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_line_between_list_and_reader_moves_by_pointer_and_by_keys_and_stays()
    {
        var (mail, page) = await OpenAsync();
        var line = page.GetByRole(AriaRole.Separator, new() { Name = "Size of the list" });
        var before = await WidthAsync(mail);
        var box = (await line.BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(box.X + (box.Width / 2), 400);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 60, 400, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        Assert.InRange(await WidthAsync(mail), before + 55, before + 65);

        var pulled = await WidthAsync(mail);
        await line.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal(pulled - 16, await WidthAsync(mail), 1f);
        await Expect(line).ToHaveAttributeAsync("aria-valuenow", $"{Math.Round(pulled - 16)}");

        await page.ReloadAsync();
        await Expect(mail.Rows).ToHaveCountAsync(1);
        Assert.Equal(pulled - 16, await WidthAsync(mail), 1f);
    }

    [Fact]
    public async Task The_reader_stands_beside_the_list_below_it_or_in_its_place()
    {
        var (mail, page) = await OpenAsync();
        await mail.OpenAsync("Here");
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        var (list, reader) = ((await mail.List.BoundingBoxAsync())!, (await mail.Reader.BoundingBoxAsync())!);
        Assert.True(reader.X >= list.X + list.Width);

        await ChooseAsync(page, "Below the list");
        await mail.OpenAsync("Here");
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        (list, reader) = ((await mail.List.BoundingBoxAsync())!, (await mail.Reader.BoundingBoxAsync())!);
        Assert.True(reader.Y >= list.Y + list.Height - 1);

        await ChooseAsync(page, "In place of the list");
        await mail.OpenAsync("Here");
        await Expect(mail.ShownFrame).ToBeVisibleAsync();
        await Expect(mail.List).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("u");
        await Expect(mail.List).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Rows_are_as_high_as_the_density_says()
    {
        var (mail, page) = await OpenAsync();
        foreach (var (density, height) in new[] { ("Comfortable", 64), ("Cozy", 48), ("Compact", 32) })
        {
            await ChooseAsync(page, density);
            Assert.Equal(height, (await mail.Row("Here").BoundingBoxAsync())!.Height);
        }
    }

    private async Task ChooseAsync(IPage page, string choice)
    {
        await page.GotoAsync(new Uri(site.Address, "/settings/appearance").ToString());
        await page.GetByText(choice, new() { Exact = true }).ClickAsync();
        await page.GotoAsync(site.Address.ToString());
        await Expect(new MailPage(page).Rows).ToHaveCountAsync(1);
    }

    private async Task<(MailPage Mail, IPage Page)> OpenAsync()
    {
        var address = site.Mail.NewUser("panes");
        await site.Mail.DeliverAsync(address, "From: ann@example.test\r\nSubject: Here\r\n\r\nText\r\n", Ct);
        var (signIn, page) = await site.OpenAsync(width: 1440, height: 900);
        var mail = await signIn.SignInAsync(address);
        await Expect(mail.Rows).ToHaveCountAsync(1);
        return (mail, page);
    }

    private static async Task<float> WidthAsync(MailPage mail) => (await mail.Page.GetByRole(AriaRole.Region, new() { Name = "Messages", Exact = true }).BoundingBoxAsync())!.Width;
}
