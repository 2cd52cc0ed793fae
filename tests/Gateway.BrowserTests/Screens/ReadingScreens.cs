using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests.Screens;

/// <summary>Mails, their files and their menus.</summary>
internal sealed class ReadingScreens(ScreenWalk walk)
{
    public async Task TakeAsync()
    {
        await walk.TakeAsync("newsletter", () => walk.OpenAsync("The night train is back"));
        await walk.TakeAsync("conversation", async () =>
        {
            await walk.OpenAsync("Harbour rebrand");
            await Expect(walk.Mail.Reader.GetByText("harbour-sheet-v2.pdf")).ToBeVisibleAsync();
        });
        await walk.TakeAsync("attachments", () => walk.Mail.Reader.GetByText("harbour-sheet-v2.pdf").ScrollIntoViewIfNeededAsync());
        await walk.TakeAsync("preview-picture", async () =>
        {
            await walk.Mail.PressAsync("Show harbour-colours.png");
            await Expect(walk.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        });
        await walk.TakeAsync("preview-pdf", async () =>
        {
            await walk.Mail.PressAsync("Next file");
            await Expect(walk.Page.GetByRole(AriaRole.Dialog).Locator("canvas[data-state=drawn]").First).ToBeVisibleAsync();
        });
        await walk.LeaveAsync();
        await walk.TakeAsync("message-menu", async () =>
        {
            await walk.OpenAsync("the apple tree");
            await walk.Page.GetByRole(AriaRole.Button, new() { Name = "More for this message" }).First.ClickAsync();
        });
        await walk.TakeAsync("headers", async () =>
        {
            await walk.Page.GetByRole(AriaRole.Menuitem, new() { Name = "View headers" }).ClickAsync();
            await Expect(walk.Page.GetByRole(AriaRole.Dialog).GetByText("Message-ID").First).ToBeVisibleAsync();
        });
        await walk.LeaveAsync();
        await walk.TakeAsync("move-menu", async () =>
        {
            await walk.OpenAsync("the apple tree");
            await walk.Page.Keyboard.PressAsync("v");
        });
        await walk.LeaveAsync();
        await walk.TakeAsync("blocked-images", () => walk.OpenAsync("Bulbs to plant"));
        await walk.TakeAsync("plain-text", () => walk.OpenAsync("Passed: main"));
        await walk.TakeAsync("arabic", () => walk.OpenAsync("شكراً على الكتاب"));
    }
}
