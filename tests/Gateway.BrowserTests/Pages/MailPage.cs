using Microsoft.Playwright;

namespace Gateway.BrowserTests.Pages;

/// <summary>Mailboxes, list and reader.</summary>
internal sealed class MailPage(IPage page)
{
    public IPage Page => page;

    public ILocator Rows => page.Locator("[data-message-id]");

    public ILocator List => page.GetByRole(AriaRole.Listbox, new() { Name = "Messages" });

    public ILocator Reader => page.GetByRole(AriaRole.Region, new() { Name = "Message", Exact = true });

    /// <summary>The frame of the open message, once its body is shown.</summary>
    public ILocator ShownFrame => page.Locator("iframe[data-message-frame][data-state=ready]");

    public IFrameLocator Body => page.FrameLocator("iframe[data-message-frame]");

    /// <summary>The messages of the conversation that is open, folded or not.</summary>
    public ILocator Cards => page.Locator("[data-conversation-message]");

    /// <summary>The bar that stands over the list while something is selected.</summary>
    public ILocator Selection => page.GetByRole(AriaRole.Toolbar, new() { Name = "Selection" });

    public ILocator Status => page.GetByRole(AriaRole.Status);

    public ILocator Row(string subject) => Rows.Filter(new() { HasText = subject });

    public Task OpenAsync(string subject) => Row(subject).First.ClickAsync();

    public ILocator Mailbox(string name) => page.GetByRole(AriaRole.Navigation, new() { Name = "Mailboxes" }).GetByRole(AriaRole.Link, new() { Name = name });

    public Task GoToAsync(string mailbox) => Mailbox(mailbox).ClickAsync();

    /// <summary>Ticks the box that a row shows under the pointer.</summary>
    public async Task ChooseAsync(string subject)
    {
        await Row(subject).HoverAsync();
        await page.Locator(".item").Filter(new() { Has = Row(subject) }).Locator("[data-action=select]").ClickAsync();
    }

    public Task<string[]> SubjectsAsync() => page.Locator("[data-message-id] .subject").EvaluateAllAsync<string[]>("all => all.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map(one => [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent).join('').trim())");

    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    public async Task<ComposePage> ReplyAsync()
    {
        await Reader.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).First.ClickAsync(); // at its head; another stands where reading ends
        return new(page);
    }

    public async Task<ComposePage> ComposeAsync()
    {
        await PressAsync("Compose");
        return new(page);
    }

    /// <summary>From now on what would be printed is kept: a headless browser has no such dialog, so the page's own call for it is what can be seen.</summary>
    public Task WatchPrintingAsync() => page.EvaluateAsync(
        """
        () => {
          const words = node => node.nodeType === 3 ? node.data : node.nodeName === 'STYLE' ? '' : [...(node.shadowRoot ?? node).childNodes].map(words).join('\n')
          document.addEventListener('load', event => {
            if (event.target.matches?.('iframe[data-print]')) {
              const { contentWindow, contentDocument } = event.target
              contentWindow.print = () => (window.printed = {
                words: words(contentDocument.body),
                titles: [...contentDocument.querySelectorAll('h1')].map(title => contentWindow.getComputedStyle(title).color),
              })
            }
          }, true)
        }
        """);

    public async Task<string> PrintedAsync()
    {
        await page.WaitForFunctionAsync("() => window.printed");
        return await page.EvaluateAsync<string>("() => window.printed.words");
    }

    /// <summary>Whatever the app's own policy had to stop: the app keeps within it.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page) =>
        await page.EvaluateAsync<string[]>(
            "() => new Promise(done => { const seen = []; new ReportingObserver(reports => seen.push(...reports.map(r => r.body.blockedURL ?? r.type)), { buffered: true, types: ['csp-violation'] }).observe(); setTimeout(() => done(seen), 0); })");
}
