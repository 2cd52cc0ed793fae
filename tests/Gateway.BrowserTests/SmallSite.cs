using Xunit;

namespace Gateway.BrowserTests;

/// <summary>A webmail before servers with small mailboxes that take small mails only.</summary>
public sealed class SmallSite : IAsyncLifetime
{
    internal WebmailSite Site { get; } = new(new Dictionary<string, string> { ["QUOTA"] = "400K", ["MSG_MAX"] = "60000" });

    public ValueTask InitializeAsync() => Site.InitializeAsync();

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
