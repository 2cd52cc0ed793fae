using System.Collections.Concurrent;
using CsCheck;
using Gateway.BrowserTests.Hostile;
using Gateway.Rendering;
using Gateway.TestKit.Hostile;
using Gateway.Tests.Rendering;
using Xunit;

namespace Gateway.BrowserTests;

/// <summary>
/// The corpus against a real browser, one wall at a time. Messages are shown behind all of them together; alone, each
/// must hold nearly everything, so that a hole in one is no more than a hole in one.
/// </summary>
public sealed class HostileMailTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>A page waits for frames most of the time; a few at once keep the browser busy.</summary>
    private const int Pages = 4;

    private const int Soups = 2000;

    /// <summary>What the frame alone cannot stop, and why that is for the sanitiser to do.</summary>
    private static readonly Dictionary<string, string> NotForTheFrame = new()
    {
        ["css-bomb"] = "frames of one origin share a thread: selectors with :has() that take minutes stop the app as well, and no policy forbids them",
        ["opener"] = "a click may open a page, which is what links are for; only rel=noopener, set by the sanitiser, keeps it from its opener",
    };

    /// <summary>Sanitised by us, then treated as badly as a page can: set as markup, in a page without frame or policy.</summary>
    private const string FillPlain = "html => { document.body.innerHTML = html; }";

    /// <summary>Not sanitised at all, put where messages are put. Scripts are made anew, as a parsed one would never run anyway.</summary>
    private const string FillFrame =
        """
        async html => {
          const trust = trustedTypes.createPolicy('test', { createHTML: text => text, createScript: text => text, createScriptURL: text => text });
          const frame = document.querySelector('iframe');
          const target = frame.contentDocument;
          if (new URL(target.URL).pathname !== '/message-frame.html') { throw new Error('not the message frame: ' + target.URL); }
          const parsed = new DOMParser().parseFromString(trust.createHTML(html), 'text/html');
          for (const part of [parsed.head, parsed.body]) {
            target.body.append(...[...part.childNodes].map(node => target.importNode(node, true)));
          }
          for (const dead of target.querySelectorAll('script')) {
            const live = target.createElement('script');
            for (const { name, value } of dead.attributes) { live.setAttribute(name, name === 'src' ? trust.createScriptURL(value) : value); }
            live.text = trust.createScript(dead.textContent);
            dead.replaceWith(live);
          }
        }
        """;

    [Fact]
    public async Task Without_any_wall_the_corpus_does_what_it_says()
    {
        // A page each: a message left to itself may leave the browser's tab somewhere else.
        var did = await RunAllAsync(Chromium.Mails.Where(mail => mail.Class != "css-bomb"), async mail =>
        {
            await using var page = await chromium.OpenAsync();
            return await page.RunAsync(chromium.Site.Origin + TestPages.Raw + mail.Name, null, "");
        });

        var names = Chromium.Mails.Select(mail => mail.Name).ToHashSet();
        var harmful = did.Select(line => line.Split(' ')[0]).Concat(chromium.Listener.Requests.Select(path => path.Split('/')[1])).Where(names.Contains).ToHashSet();
        Assert.DoesNotContain(harmful, name => name.StartsWith("friendly", StringComparison.Ordinal));
        Assert.True(harmful.Count >= 55, $"Only {harmful.Count} did: {string.Join(' ', harmful)}");
    }

    [Fact]
    public Task Sanitised_messages_do_nothing_in_a_page_without_frame_or_policy() =>
        AssertNothingHappensAsync(TestPages.Plain, FillPlain, Chromium.Mails, html => HtmlRendering.Render(html, _ => null).Html);

    [Fact]
    public Task Messages_that_were_not_sanitised_do_nothing_in_the_message_frame() =>
        AssertNothingHappensAsync(TestPages.App, FillFrame, Chromium.Mails.Where(mail => !NotForTheFrame.ContainsKey(mail.Class)), html => html);

    [Fact]
    public Task What_the_frame_alone_cannot_stop_does_nothing_behind_both() =>
        AssertNothingHappensAsync(TestPages.App, FillFrame, Chromium.Mails.Where(mail => NotForTheFrame.ContainsKey(mail.Class)), html => HtmlRendering.Render(html, _ => null).Html);

    [Fact]
    public async Task A_browser_reads_the_very_tree_that_was_written()
    {
        var written = Soup.Any.Array[Soups].Single().Concat(Chromium.Mails.Select(mail => TestPages.Html(mail.Name, "http://listener.invalid")))
            .Select(soup => HtmlRendering.Render(soup, _ => null).Html).ToList();

        var read = await chromium.ReadAsync(written);

        Assert.Equal(written.SelectMany(html => Enumerable.Repeat($"<div>{html}</div><i></i>", 2)), read);
    }

    private async Task AssertNothingHappensAsync(string path, string fill, IEnumerable<HostileMail> mails, Func<string, string> render)
    {
        var (loads, calls) = (chromium.Listener.Requests.Count, chromium.Site.Requests.Count);
        var free = new ConcurrentBag<WatchedPage>();
        var happened = await RunAllAsync(mails, async mail =>
        {
            var page = free.TryTake(out var idle) ? idle : await chromium.OpenAsync();
            var did = await page.RunAsync(chromium.Site.Origin + path, fill, render(TestPages.Html(mail.Name, chromium.Listener.Origin)));
            free.Add(page);
            return did;
        });
        foreach (var page in free) { await page.DisposeAsync(); }

        // Only now: a load that came late counts as well. Its path says which message it was.
        happened.AddRange(chromium.Listener.Requests.Skip(loads).Select(request => "loaded " + request));
        happened.AddRange(chromium.Site.Requests.Skip(calls).Where(request => !TestPages.IsKnown(request)).Select(request => "called " + request));
        Assert.True(happened.Count == 0, string.Join(Environment.NewLine, happened));
    }

    private static async Task<List<string>> RunAllAsync(IEnumerable<HostileMail> mails, Func<HostileMail, Task<IReadOnlyList<string>>> run)
    {
        var happened = new ConcurrentBag<string>();
        var few = new ParallelOptions { MaxDegreeOfParallelism = Pages, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(mails, few, async (mail, _) =>
        {
            foreach (var did in await run(mail)) { happened.Add($"{mail.Name} {did}"); }
        });
        return [.. happened];
    }
}
