using Microsoft.Playwright;

namespace Gateway.BrowserTests.Hostile;

/// <summary>A page, and what really happened in it: script that ran by its effects, documents that were left.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    /// <summary>
    /// Far more than any message takes. When a page leaves while the mouse moves over it, the browser now and then never
    /// says that the move was done, and the driver would wait for that for ever.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private int _logged;
    private int _navigations;
    private int _others;

    private WatchedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        _page = page;
    }

    public static async Task<WatchedPage> OpenAsync(IBrowserContext context)
    {
        var watched = new WatchedPage(context, await context.NewPageAsync());
        // The whole text, since the browser's own complaints about refused script quote it.
        watched._page.Console += (_, message) => watched._logged += message.Text == "SCRIPT-RAN" ? 1 : 0;
        // The page and the message frame. Frames inside a message count by what they load and run.
        watched._page.FrameNavigated += (_, frame) => watched._navigations += frame.ParentFrame?.ParentFrame is null ? 1 : 0;
        watched._page.Dialog += (_, dialog) => _ = dialog.DismissAsync();
        context.Page += (_, _) => watched._others++;
        return watched;
    }

    /// <summary>Opens one of our pages, lets <paramref name="fill"/> put a message into it, and says what the message did.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(string url, string? fill, string html)
    {
        await _page.GotoAsync(url, new PageGotoOptions { WaitUntil = fill is null ? WaitUntilState.Commit : WaitUntilState.Load });
        _logged = 0;
        _others = 0;
        if (fill is not null) { _navigations = 0; }
        var did = new List<string>();
        try
        {
            if (await UseAsync(fill, html).WaitAsync(Patience)) { did.Add("set a global"); }
        }
        catch (TimeoutException)
        {
            did.Add("stopped the page");
        }
        catch (PlaywrightException gone) when (gone.Message.Contains("navigat", StringComparison.OrdinalIgnoreCase) || gone.Message.Contains("destroyed", StringComparison.Ordinal))
        {
            did.Add("navigated under the test");
        }

        if (_logged > 0) { did.Add("ran script"); }
        if (_navigations > (fill is null ? 1 : 0)) { did.Add("navigated"); }
        if (_others > 0) { did.Add("opened a page"); }
        return did;
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync().WaitAsync(Patience);

    /// <summary>Whether a script of the message has set its mark.</summary>
    private async Task<bool> UseAsync(string? fill, string html)
    {
        if (fill is not null) { await _page.EvaluateAsync(fill, html); }
        await PokeAsync();
        await SettleAsync();
        return await _page.EvaluateAsync<bool>("() => !!window.__ran");
    }

    /// <summary>What a reader does without meaning to: move over the text, and step to the next thing.</summary>
    private async Task PokeAsync()
    {
        await _page.Mouse.MoveAsync(20, 20);
        await _page.Mouse.MoveAsync(60, 60);
        await _page.Keyboard.PressAsync("Tab");
        await _page.Mouse.WheelAsync(0, 40);
    }

    /// <summary>
    /// No waiting for a time: two frames are painted, so every style has been resolved and its loads begun; then a
    /// request of our own has gone through the same browser, and the page has nothing left to do.
    /// </summary>
    private async Task SettleAsync() => await _page.EvaluateAsync(
        """
        async () => {
          const frame = () => new Promise(done => requestAnimationFrame(done));
          await frame(); await frame();
          await fetch(location.origin + '/fence', { cache: 'no-store' }).catch(() => {});
          await frame();
          await new Promise(done => requestIdleCallback(done, { timeout: 1000 }));
        }
        """);
}
