using Microsoft.Playwright;
using Xunit;

namespace Gateway.BrowserTests.Access;

/// <summary>Looks at each screen of a page with axe-core, light and read from the left, and dark and read from the right.</summary>
internal sealed class Axe(IPage page)
{
    /// <summary>Of the webmail's own packages, in the same repository as this binary.</summary>
    private static readonly string Source = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "web", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>All of WCAG 2.2 AA and what axe calls best practice; messages are frames without scripts and their senders' own.</summary>
    private const string Look =
        """
        async ([theme, dir]) => {
          const root = document.documentElement
          const before = { theme: root.dataset.theme, dir: root.dir }
          root.dataset.theme = theme
          root.dir = dir
          try {
            const { violations } = await axe.run(document, {
              iframes: false,
              resultTypes: ['violations'],
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              rules: { 'target-size': { enabled: true } },
            })
            return violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')} ${node.html.slice(0, 160)}`))
          } finally {
            root.dataset.theme = before.theme
            root.dir = before.dir
          }
        }
        """;

    private readonly List<string> _faults = [];
    private int _screens;

    public async Task LookAsync(string screen)
    {
        _screens++;
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce }); // no colour is seen half-way to another
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) { await page.EvaluateAsync(await File.ReadAllTextAsync(Source)); }

        foreach (var (theme, dir) in new[] { ("light", "ltr"), ("dark", "rtl") })
        {
            var found = await page.EvaluateAsync<string[]>(Look, new[] { theme, dir });
            _faults.AddRange(found.Select(fault => $"{screen}, {theme} {dir}: {fault}"));
        }
    }

    /// <summary>Tells all that was found at once.</summary>
    public void AssertClean() => Assert.True(_faults.Count == 0, $"{_faults.Count} faults on {_screens} screens\n{string.Join('\n', _faults)}");
}
