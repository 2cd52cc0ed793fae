using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests.Screens;

/// <summary>Settings, what stands over every page, and what settings make of the inbox.</summary>
internal sealed class SettingsScreens(ScreenWalk walk)
{
    private static readonly string[] SettingsPages =
        ["appearance", "language", "reading", "writing", "identities", "templates", "notifications", "keys", "transfer", "sessions", "apps", "account"];

    public async Task OverlaysAsync()
    {
        await walk.HomeAsync();
        await walk.TakeAsync("palette", async () =>
        {
            await walk.Page.Keyboard.PressAsync("ControlOrMeta+k");
            await Expect(walk.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await walk.Page.Keyboard.TypeAsync("ar");
        });
        await walk.LeaveAsync();
        await walk.TakeAsync("keys", async () =>
        {
            await walk.HomeAsync();
            await walk.Page.Keyboard.PressAsync("?");
            await Expect(walk.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        });
        await walk.LeaveAsync();
        await walk.TakeAsync("account-menu", walk.OpenAccountMenuAsync);
    }

    public async Task SettingsAsync()
    {
        if (walk.IsPhone)
        {
            await walk.TakeAsync("settings", () => walk.Page.GotoAsync(new Uri(walk.Site, "/settings").ToString()));
        }

        foreach (var name in SettingsPages)
        {
            await walk.TakeAsync($"settings-{name}", async () =>
            {
                await walk.Page.GotoAsync(new Uri(walk.Site, $"/settings/{name}").ToString());
                await Expect(walk.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
                await walk.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            });
        }

        foreach (var area in new[] { "admin", "connect" })
        {
            await walk.TakeAsync(area, async () =>
            {
                await walk.Page.GotoAsync(new Uri(walk.Site, $"/{area}").ToString());
                await Expect(walk.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            });
        }
    }

    public async Task ArrangeAsync()
    {
        foreach (var density in new[] { "cozy", "compact" })
        {
            await walk.TakeAsync($"inbox-{density}", async () =>
            {
                await ChooseSettingAsync("appearance", density == "cozy" ? "Cozy" : "Compact");
                await walk.OpenAsync("the apple tree");
            });
        }

        await ChooseSettingAsync("appearance", "Comfortable");
        if (!walk.IsPhone)
        {
            await walk.TakeAsync("reader-below", async () =>
            {
                await ChooseSettingAsync("appearance", "Below the list");
                await walk.OpenAsync("the apple tree");
            });
            await walk.TakeAsync("reader-off", async () =>
            {
                await ChooseSettingAsync("appearance", "In place of the list");
                await walk.HomeAsync();
            });
            await walk.TakeAsync("reader-off-open", () => walk.OpenAsync("the apple tree"));
            await ChooseSettingAsync("appearance", "Beside the list");
        }
    }

    private async Task ChooseSettingAsync(string page, string choice)
    {
        await walk.Page.GotoAsync(new Uri(walk.Site, $"/settings/{page}").ToString());
        await walk.Page.GetByText(choice, new() { Exact = true }).First.ClickAsync();
    }
}
