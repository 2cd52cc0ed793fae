using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.BrowserTests.Screens;

/// <summary>What is seen when something does not work.</summary>
internal sealed class TroubleScreens(ScreenWalk walk)
{
    public async Task TakeAsync()
    {
        await walk.HomeAsync();
        await walk.TakeAsync("row-refused", async () =>
        {
            await walk.Page.RouteAsync("**/messages/batch", route => route.FulfillAsync(new()
            {
                Status = 502, ContentType = "application/problem+json", Body = """{"type":"about:blank","title":"Down","status":502,"code":"server-unreachable","detail":"The mail server is down."}""",
            }));
            await walk.Page.Keyboard.PressAsync("j");
            await walk.Page.Keyboard.PressAsync("e");
            await Expect(walk.Page.GetByRole(AriaRole.Button, new() { Name = "Retry", IncludeHidden = true }).First).ToBeVisibleAsync();
        });
        await walk.Page.UnrouteAsync("**/messages/batch");
        await walk.TakeAsync("message-failed", async () =>
        {
            await walk.Page.RouteAsync("**/messages/*?**", route => route.AbortAsync());
            await walk.Page.RouteAsync("**/messages/*", route => route.AbortAsync());
            await walk.HomeAsync();
            await walk.Mail.OpenAsync("Your statement is ready");
            await Expect(walk.Mail.Reader.GetByRole(AriaRole.Button, new() { Name = "Retry" })).ToBeVisibleAsync();
        });
        await walk.Page.UnrouteAllAsync();
        await walk.HomeAsync();
        await walk.TakeAsync("offline", async () =>
        {
            await walk.Page.Context.SetOfflineAsync(true);
            await Expect(walk.Page.GetByText("Offline.").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        });
        await walk.Page.Context.SetOfflineAsync(false);
        await walk.TakeAsync("session-expired", async () =>
        {
            await walk.HomeAsync();
            await walk.Page.RouteAsync("**/v1/**", route => route.FulfillAsync(new() { Status = 401, ContentType = "application/problem+json", Body = """{"type":"about:blank","title":"Signed out","status":401,"code":"unauthenticated"}""" }));
            await walk.Page.Keyboard.PressAsync("j");
            await walk.Page.Keyboard.PressAsync("Enter");
            await Expect(walk.Page.GetByText("Your session has ended")).ToBeVisibleAsync();
        });
        await walk.Page.UnrouteAllAsync();
    }
}
