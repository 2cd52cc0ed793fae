using System.Text.Json;
using Microsoft.Playwright;

namespace Gateway.BrowserTests.Pages;

/// <summary>A finger as the browser's own protocol moves it, on the middle of something.</summary>
internal sealed class Finger
{
    private const int Steps = 8;

    private readonly IPage _page;
    private readonly ICDPSession _session;
    private readonly float _x;
    private readonly float _y;
    private float _at;

    private Finger(IPage page, ICDPSession session, float x, float y) => (_page, _session, _x, _y, _at) = (page, session, x, y, x);

    public static async Task<Finger> PutAsync(IPage page, ILocator on)
    {
        var box = (await on.BoundingBoxAsync())!;
        var finger = new Finger(page, await page.Context.NewCDPSessionAsync(page), box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await finger.SendAsync("touchStart", finger._x);
        return finger;
    }

    /// <summary>Pulls it sideways, in steps, to so many pixels from where it was put down, and rests there: lifted in its movement it would fling, and Chromium takes the next tap for the end of that.</summary>
    public async Task PullAsync(int toPx)
    {
        var from = _at;
        for (var step = 1; step <= Steps; step++) { await SendAsync("touchMove", _at = from + ((_x + toPx - from) * step / Steps)); }

        for (var frame = 0; frame < Steps; frame++)
        {
            await _page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
            await SendAsync("touchMove", _at);
        }
    }

    /// <returns>When the page has seen it go, and shown what came of it.</returns>
    public async Task LiftAsync()
    {
        await _page.EvaluateAsync("() => { window.left = new Promise(done => addEventListener('pointerup', () => requestAnimationFrame(() => requestAnimationFrame(() => done())), { once: true, capture: true })) }");
        await SendAsync("touchEnd", null);
        await _page.EvaluateAsync("() => window.left");
    }

    private Task<JsonElement?> SendAsync(string type, float? at) => _session.SendAsync("Input.dispatchTouchEvent", new()
    {
        ["type"] = type, ["touchPoints"] = at is { } there ? new[] { new { x = there, y = _y } } : [],
    });
}
