using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests.Screens;

/// <summary>Rows, selections, mailboxes and searches.</summary>
internal sealed class ListScreens(ScreenWalk walk)
{
    public async Task ChooseAsync()
    {
        await walk.HomeAsync();
        await walk.TakeAsync("row-under-pointer", async () =>
        {
            await walk.Mail.Row("Numbers for the quarter").HoverAsync();
            await walk.Page.Keyboard.PressAsync("j");
        });
        await walk.TakeAsync("row-menu", () => walk.Mail.Row("Numbers for the quarter").ClickAsync(new() { Button = MouseButton.Right }));
        await walk.LeaveAsync();
        await walk.TakeAsync("selection", async () =>
        {
            await walk.Page.Keyboard.PressAsync("x");
            await walk.Page.Locator("[data-message-list]").FocusAsync();
            await walk.Page.Keyboard.PressAsync("Shift+ArrowDown");
            await walk.Page.Keyboard.PressAsync("Shift+ArrowDown");
            await Expect(walk.Mail.Selection).ToBeVisibleAsync();
        });
        await walk.TakeAsync("undo", async () =>
        {
            await walk.Page.Keyboard.PressAsync("e");
            await Expect(walk.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
        });
        await walk.Page.RunAndWaitForResponseAsync(() => walk.Page.Keyboard.PressAsync("z"), answer => answer.Url.EndsWith("/batch", StringComparison.Ordinal));
        await walk.TakeAsync("mailboxes", async () =>
        {
            await walk.OpenMailboxesAsync();
            await walk.Mail.Mailbox("Travel").ClickAsync(new() { Button = MouseButton.Right });
        });
        await walk.TakeAsync("new-mailbox", () => walk.Page.GetByRole(AriaRole.Menuitem, new() { Name = "New mailbox inside" }).ClickAsync());
        await walk.LeaveAsync();
        await walk.TakeAsync("empty-mailbox", async () =>
        {
            await walk.HomeAsync();
            await walk.OpenMailboxesAsync();
            await walk.Mail.GoToAsync("Trash");
            await Expect(walk.Page.Locator("[data-empty]")).ToBeVisibleAsync();
        });
    }

    public async Task SearchAsync()
    {
        await walk.HomeAsync();
        await walk.TakeAsync("search-suggestions", async () =>
        {
            await walk.Page.Keyboard.PressAsync("/");
            await walk.Page.Keyboard.TypeAsync("has:attachment from:mi");
            await Expect(walk.Page.GetByRole(AriaRole.Listbox, new() { Name = "Search suggestions" })).ToBeVisibleAsync();
        });
        await walk.TakeAsync("search", () => SearchForAsync("has:attachment from:mira"));
        await walk.TakeAsync("search-all", async () =>
        {
            await walk.Page.GetByText("All mailboxes", new() { Exact = true }).First.ClickAsync();
            await Expect(walk.Mail.Rows.First).ToBeVisibleAsync();
        });
        await walk.TakeAsync("search-nothing", () => SearchForAsync("walrus"));
    }

    private async Task SearchForAsync(string query)
    {
        await walk.HomeAsync();
        await walk.Page.Keyboard.PressAsync("/");
        await walk.Page.Keyboard.TypeAsync(query);
        await walk.Page.Keyboard.PressAsync("Enter");
        await Expect(walk.Mail.Rows.First.Or(walk.Page.Locator("[data-empty]"))).ToBeVisibleAsync();
        await Expect(walk.Mail.List).Not.ToHaveAttributeAsync("aria-busy", "true");
    }
}
