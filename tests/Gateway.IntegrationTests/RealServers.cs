using Gateway.IntegrationTests;
using Gateway.TestKit.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(RealServers))]

namespace Gateway.IntegrationTests;

/// <summary>The mail servers of this suite: one Dovecot and one Postfix for all tests, each of which makes its own users.</summary>
public sealed class RealServers : IAsyncLifetime
{
    private MailServers? _mail;

    public MailServers Mail => _mail ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync() =>
        _mail = await MailServers.StartAsync(new Dictionary<string, string>(), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_mail is not null) { await _mail.DisposeAsync(); }
    }
}
