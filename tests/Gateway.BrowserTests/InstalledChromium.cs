namespace Gateway.BrowserTests;

/// <summary>The browsers that tests start: Debian's, or the one that <c>CHROMIUM</c> names, asking the world for nothing.</summary>
internal static class InstalledChromium
{
    /// <summary>Chromium without its own windows, which takes two thirds of the time.</summary>
    public static readonly string Path = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell";

    /// <summary>All of it: notices and pushes are the work of the program around the pages.</summary>
    public static readonly string Whole = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];
}
