using Gateway.TestKit.Servers;
using MailKit;
using Microsoft.Playwright;

namespace Gateway.Benchmarks.Scenarios;

/// <summary>The webmail in a browser, before an inbox of 100,000 messages. The floor is a page with nothing in it, from the same server.</summary>
internal static class Webmail
{
    private const string User = "web001@example.test";
    private const int Seeded = 10_000, Messages = 100_000;
    private const int Loads = 9, Opened = 20, Pressed = 20, Stops = 60;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, CancellationToken ct)
    {
        await SeedAsync(stand.Mail, ct);
        await using var window = await BrowserWindow.OpenAsync(stand, User, ct);
        await window.PaintAsync("/"); // the server's first look at the mailbox
        await window.SettleAsync();

        var (cold, warm, emptyCold, emptyWarm) = (new Samples(), new Samples(), new Samples(), new Samples());
        for (var load = 0; load < Loads; load++)
        {
            emptyWarm.Add(await window.EmptyAsync());
            warm.Add(await window.PaintAsync("/"));
            await using (var blank = await window.FreshAsync()) { emptyCold.Add(await blank.EmptyAsync()); }

            await using var fresh = await window.FreshAsync();
            cold.Add(await fresh.PaintAsync("/"));
        }

        var opening = await OpenAsync(window);
        var keys = await KeysAsync(window);
        var (nodes, grown) = await ScrollAsync(window);
        return
        [
            Figure("Inbox of 100,000 painted, nothing kept in the browser", cold, emptyCold, 1000),
            Figure("Inbox of 100,000 painted, seen before", warm, emptyWarm, 300),
            new("A prefetched message opened, from the press to its text", $"{opening}", "", "", "≤ 50 ms", opening.P50 <= 50),
            new("A key, from the press to what it changes", $"{keys}", "", "", "≤ 50 ms", keys.P50 <= 50),
            new("Elements in the list, while 100,000 rows are scrolled through", $"{nodes}", "", "", "< 1500", nodes < 1500),
            new("Memory of the page after that, beside before", FormattableString.Invariant($"{grown:0.0} MB"), "", "", "≤ 20 MB", grown <= 20),
        ];
    }

    private static Figure Figure(string what, Samples taken, Samples empty, double most) =>
        new(what, $"{taken}", $"an empty page {empty}", Stand.Times(taken.P50 / empty.P50), FormattableString.Invariant($"≤ {most:0} ms"), taken.P50 <= most);

    private static async Task SeedAsync(MailServers mail, CancellationToken ct)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "servers", "seed.py"), "--root", mail.Root, "--prefix", "web", "--domain", "example.test", "--messages", $"{Seeded}"];
        await Tool.RunAsync("python3", arguments, new Dictionary<string, string>(), ct);
        using var imap = await mail.ImapAsync(User, ct);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadWrite, ct);
        for (var copied = Seeded; copied < Messages; copied += Seeded) { await imap.Inbox.CopyToAsync([.. Enumerable.Range(0, Seeded)], imap.Inbox, ct); }
    }

    /// <summary>Rows that have been pointed at for long enough to be fetched, and are then pressed.</summary>
    private static async Task<Samples> OpenAsync(BrowserWindow window)
    {
        var taken = new Samples();
        await window.PaintAsync("/");
        await window.SettleAsync();
        for (var row = 0; row < Opened; row++)
        {
            var one = window.Page.Locator("[data-message-id]").Nth(2 + (row % 8));
            await one.HoverAsync();
            await window.SettleAsync();
            taken.Add(await window.ChangedAsync(() => one.ClickAsync(), "document.querySelector('iframe[data-message-frame][data-state=ready]')?.closest('.page')?.querySelector('h2')?.textContent ?? ''", isOpening: true));
            await window.Page.Keyboard.PressAsync("u");
            await window.Page.Locator("iframe[data-message-frame]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        return taken;
    }

    private static async Task<Samples> KeysAsync(BrowserWindow window)
    {
        var taken = new Samples();
        await window.PaintAsync("/");
        await window.SettleAsync();
        await window.Page.Locator("[data-message-list]").FocusAsync();
        for (var press = 0; press < Pressed; press++)
        {
            foreach (var key in new[] { "j", "x" }) { taken.Add(await window.ChangedAsync(() => window.Page.Keyboard.PressAsync(key), "document.querySelector('[data-message-list]').getAttribute('aria-activedescendant') + document.querySelectorAll('[aria-selected=true]').length", isOpening: false)); }
        }

        return taken;
    }

    /// <summary>From the top to the bottom and back.</summary>
    private static async Task<(int Nodes, double Megabytes)> ScrollAsync(BrowserWindow window)
    {
        await window.PaintAsync("/");
        await window.SettleAsync();
        await window.ScrollAsync(Stops); // compiled, and with the caches full
        var before = await window.HeapAsync();
        var nodes = await window.ScrollAsync(Stops);
        return (nodes, (await window.HeapAsync() - before) / 1e6);
    }
}
