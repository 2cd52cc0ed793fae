namespace Gateway.BrowserTests;

/// <summary>The webmail in the whole browser, for what a page cannot do without it.</summary>
public sealed class WholeBrowserSite(WebmailServers servers) : WebmailSite(servers)
{
    private protected override string Browser => InstalledChromium.Whole;
}
