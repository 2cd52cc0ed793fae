using Xunit;

namespace Gateway.BrowserTests;

/// <summary>A webmail before servers with small mailboxes that take small mails only.</summary>
public sealed class SmallSite : IAsyncLifetime
{
    private readonly WebmailServers _servers = new(new Dictionary<string, string> { ["QUOTA"] = "400K", ["MSG_MAX"] = "60000" });

    public SmallSite() => Site = new(_servers);

    internal WebmailSite Site { get; }

    public async ValueTask InitializeAsync()
    {
        await _servers.InitializeAsync();
        await Site.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await _servers.DisposeAsync();
    }
}
