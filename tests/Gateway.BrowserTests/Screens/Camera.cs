using Microsoft.Playwright;

namespace Gateway.BrowserTests.Screens;

/// <summary>Takes pictures of one window, and writes down what could not be reached; the walk goes on without it.</summary>
internal sealed class Camera(IPage page, string folder)
{
    private int _taken;

    /// <summary>The screens that were not there, and why.</summary>
    public List<string> Missed { get; } = [];

    public async Task TakeAsync(string name, Func<Task> reach)
    {
        var file = $"{++_taken:00}-{name}";
        try
        {
            await reach();
        }
        catch (Exception error) when (error is PlaywrightException or TimeoutException)
        {
            Missed.Add($"{file}: {error.Message.Split('\n')[0]}");
            file += "-missed";
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{file}.png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Initial });
    }
}
