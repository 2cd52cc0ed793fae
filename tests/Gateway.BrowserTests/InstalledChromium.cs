namespace Gateway.BrowserTests;

/// <summary>The browser that every test starts: Debian's, or the one that <c>CHROMIUM</c> names, asking the world for nothing.</summary>
internal static class InstalledChromium
{
    public static readonly string Path = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];
}
