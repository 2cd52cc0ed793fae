using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests.Screens;

/// <summary>Windows in which mail is written.</summary>
internal sealed class WritingScreens(ScreenWalk walk)
{
    public async Task TakeAsync()
    {
        await walk.HomeAsync();
        await walk.TakeAsync("composer", async () =>
        {
            await walk.Page.Keyboard.PressAsync("c");
            await new ComposePage(walk.Page).WriteAsync("Mira Lindqvist <mira@northwind-studio.example>", "The warmer blue", "Hi Mira,\n\nthe sheet is lovely. Two thoughts before Thursday:\n");
        });
        await walk.TakeAsync("recipients", async () =>
        {
            await new ComposePage(walk.Page).To.PressSequentiallyAsync("to");
            await Expect(walk.Page.GetByRole(AriaRole.Listbox, new() { Name = "Suggestions" })).ToBeVisibleAsync();
        });
        await walk.Page.Keyboard.PressAsync("ControlOrMeta+a");
        await walk.Page.Keyboard.PressAsync("Delete");
        await walk.TakeAsync("send-later", () => new ComposePage(walk.Page).Button("Send later").ClickAsync());
        await walk.Page.Keyboard.PressAsync("Escape");
        if (!walk.IsPhone)
        {
            await walk.TakeAsync("composer-full", () => new ComposePage(walk.Page).Button("Full screen").ClickAsync());
            await new ComposePage(walk.Page).Button("Full screen").ClickAsync();
            await walk.TakeAsync("composers", async () =>
            {
                await walk.Page.EvaluateAsync("() => document.activeElement?.blur()"); // the keys are the page's again, and the window that is open stays
                await walk.Page.Keyboard.PressAsync("c");
                await Expect(walk.Page.Locator(".composer")).ToHaveCountAsync(2);
            });
        }

        await DiscardAllAsync();
        await walk.TakeAsync("reply", async () =>
        {
            await walk.OpenAsync("the apple tree");
            await walk.Page.Keyboard.PressAsync("r");
            await Expect(walk.Page.Locator(".composer").Last).ToBeVisibleAsync();
        });
        await DiscardAllAsync();
    }

    private async Task DiscardAllAsync()
    {
        while (await walk.Page.Locator(".composer").CountAsync() is > 0 and var open)
        {
            var last = walk.Page.Locator(".composer").Last;
            var restore = last.GetByRole(AriaRole.Button, new() { Name = "Restore" });
            if (await restore.IsVisibleAsync()) { await restore.ClickAsync(); } // a narrow window keeps one of them open
            await last.GetByRole(AriaRole.Button, new() { Name = "Discard", Exact = false }).ClickAsync();
            await Expect(walk.Page.Locator(".composer")).ToHaveCountAsync(open - 1);
        }
    }
}
