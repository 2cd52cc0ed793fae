using Gateway.TestKit.Servers;
using Microsoft.Playwright;

namespace Gateway.Benchmarks;

/// <summary>A window of a real browser that is signed in to the webmail. Times are the page's own, to the frame in which something shows.</summary>
internal sealed class BrowserWindow : IAsyncDisposable
{
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-precise-memory-info"];

    /// <summary>Notes when the first row of the list is on the screen.</summary>
    private const string NotePaint =
        """
        window.painted = new Promise(done => {
          const look = () => {
            if (document.querySelector('[data-message-id]')) {
              seen.disconnect()
              requestAnimationFrame(() => setTimeout(() => done(performance.now())))
            }
          }
          const seen = new MutationObserver(look)
          seen.observe(document, { childList: true, subtree: true })
        })
        """;

    private readonly Stand _stand;
    private readonly string _user;
    private readonly IPlaywright? _playwright;
    private readonly IBrowser _browser;
    private readonly IBrowserContext _context;
    private readonly ICDPSession _devTools;

    private BrowserWindow(Stand stand, string user, IPlaywright? playwright, IBrowser browser, IBrowserContext context, IPage page, ICDPSession devTools) =>
        (_stand, _user, _playwright, _browser, _context, Page, _devTools) = (stand, user, playwright, browser, context, page, devTools);

    public IPage Page { get; }

    public static async Task<BrowserWindow> OpenAsync(Stand stand, string user, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", Args = Arguments });
        return await OpenAsync(stand, user, playwright, browser);
    }

    /// <summary>The same person in a browser that has seen nothing.</summary>
    public Task<BrowserWindow> FreshAsync() => OpenAsync(_stand, _user, null, _browser);

    /// <summary>Loads a page of the webmail; milliseconds until its first row shows.</summary>
    public async Task<double> PaintAsync(string path)
    {
        await Page.GotoAsync(new Uri(_stand.Gateway.Address, path).ToString(), new() { WaitUntil = WaitUntilState.Commit });
        return await Page.EvaluateAsync<double>("() => window.painted");
    }

    /// <summary>Loads a page with nothing in it; milliseconds until it shows.</summary>
    public async Task<double> EmptyAsync()
    {
        await Page.GotoAsync(new Uri(_stand.Gateway.Address, "/message-frame.html").ToString());
        return await Page.EvaluateAsync<double>("() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))");
    }

    /// <summary>Until nothing is asked of the server any more.</summary>
    public Task SettleAsync() => Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

    /// <summary>Milliseconds from an input to the frame in which what is watched has changed.</summary>
    /// <param name="watched">An expression whose value the input changes.</param>
    /// <param name="isOpening">The press of a button counts, else that of a key.</param>
    public async Task<double> ChangedAsync(Func<Task> input, string watched, bool isOpening)
    {
        await Page.EvaluateAsync(
            """
            ([watched, event]) => {
              const value = new Function(`return ${watched}`)
              const before = value()
              window.changed = new Promise(done => addEventListener(event, pressed => {
                const look = () => value() === before ? requestAnimationFrame(look) : setTimeout(() => done(performance.now() - pressed.timeStamp))
                requestAnimationFrame(look)
              }, { capture: true, once: true }))
            }
            """,
            new[] { watched, isOpening ? "click" : "keydown" });
        await input();
        return await Page.EvaluateAsync<double>("() => window.changed");
    }

    /// <summary>Scrolls the list to its end and back; the most elements it had on the way.</summary>
    public Task<int> ScrollAsync(int stops) => Page.EvaluateAsync<int>(
        """
        async stops => {
          const list = document.querySelector('[data-message-list]')
          const frame = () => new Promise(requestAnimationFrame)
          let most = 0
          for (let stop = 0; stop <= 2 * stops; stop++) {
            list.scrollTop = (list.scrollHeight - list.clientHeight) * (stop <= stops ? stop : 2 * stops - stop) / stops
            do { await frame() } while (list.querySelectorAll('[data-message-id]').length === 0)
            most = Math.max(most, list.querySelectorAll('*').length)
          }
          return most
        }
        """, stops);

    /// <summary>Bytes of the page's heap once what nobody needs is gone.</summary>
    public async Task<double> HeapAsync()
    {
        await _devTools.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await _devTools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return metrics.EnumerateArray().Single(m => m.GetProperty("name").GetString() == "JSHeapUsedSize").GetProperty("value").GetDouble();
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        if (_playwright is null) { return; }

        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task<BrowserWindow> OpenAsync(Stand stand, string user, IPlaywright? playwright, IBrowser browser)
    {
        // Measuring calls eval, which the page's own policy refuses.
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, BypassCSP = true });
        var server = new { host = "127.0.0.1", port = stand.Mail.Ports.Imaps, security = "tls" };
        var answer = await context.APIRequest.PostAsync(new Uri(stand.Gateway.Address, "/v1/session").ToString(), new()
        {
            DataObject = new { email = user, password = MailServers.Password, imap = server, smtp = new { host = "127.0.0.1", port = stand.Mail.Ports.Smtp, security = "startTls" } },
        });
        if (!answer.Ok) { throw new InvalidOperationException($"signing in was refused: {await answer.TextAsync()}"); }

        await context.AddInitScriptAsync(NotePaint);
        var page = await context.NewPageAsync();
        var devTools = await context.NewCDPSessionAsync(page);
        await devTools.SendAsync("Performance.enable");
        return new(stand, user, playwright, browser, context, page, devTools);
    }
}
