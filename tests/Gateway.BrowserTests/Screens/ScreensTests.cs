using Gateway.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.BrowserTests.Screens;

/// <summary>Takes a picture of every screen, for people to look at; <c>./test screens</c> runs it, nothing else does.</summary>
public sealed class ScreensTests(WebmailSite site) : IClassFixture<WebmailSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The windows that are wanted, as <c>1440-light,390-dark</c>; all of them when nothing is said.</summary>
    private static string? Only => Environment.GetEnvironmentVariable("SCREENS_ONLY");

    public static TheoryData<int, int, ColorScheme, string> Windows => new()
    {
        { 1440, 900, ColorScheme.Light, "alex" },
        { 1440, 900, ColorScheme.Dark, "alex.morgan" },
        { 1024, 768, ColorScheme.Light, "amorgan" },
        { 1024, 768, ColorScheme.Dark, "a.morgan" },
        { 768, 1024, ColorScheme.Light, "alexm" },
        { 768, 1024, ColorScheme.Dark, "alex.m" },
        { 390, 844, ColorScheme.Light, "morgan" },
        { 390, 844, ColorScheme.Dark, "morgan.alex" },
    };

    [Theory(Explicit = true)]
    [MemberData(nameof(Windows))]
    public async Task Every_screen_is_taken(int width, int height, ColorScheme theme, string user)
    {
        if (Only is not null && !Only.Contains($"{width}-{theme}", StringComparison.OrdinalIgnoreCase)) { return; }

        var address = $"{user}@example.test";
        var second = $"{user}.studio@example.test";
        await DemoMailbox.FillAsync(site.Mail, address, Ct);
        await DemoMailbox.FillSecondAsync(site.Mail, second, Ct);
        var (_, page) = await site.OpenAsync(width, height, isTouch: width < 700, theme);
        var walk = new ScreenWalk(page, site.Address, Path.Combine(Folder(), $"{width}-{theme.ToString().ToLowerInvariant()}"));

        await walk.SignInAsync(address);
        await new ReadingScreens(walk).TakeAsync();
        await new ListScreens(walk).ChooseAsync();
        await new ListScreens(walk).SearchAsync();
        await new WritingScreens(walk).TakeAsync();
        await new SettingsScreens(walk).OverlaysAsync();
        await new SettingsScreens(walk).SettingsAsync();
        await new TroubleScreens(walk).TakeAsync();
        await new SettingsScreens(walk).ArrangeAsync();
        await new AccountScreens(walk).TakeAsync(second);

        Assert.Empty(walk.Missed);
    }

    private static string Folder() =>
        Environment.GetEnvironmentVariable("SCREENS") ?? Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screens"));
}
