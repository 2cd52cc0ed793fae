using Gateway.IntegrationTests;
using Gateway.IntegrationTests.Faults;
using Gateway.TestKit.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(RealServers))]

namespace Gateway.IntegrationTests;

/// <summary>What this suite runs against: one Dovecot, one Postfix and one Gateway for all tests, each of which makes its own users.</summary>
public sealed class RealServers : IAsyncLifetime
{
    private MailServers? _mail;
    private readonly SemaphoreSlim _starting = new(1);
    private GatewayProcess? _gateway;
    private GatewayProcess? _impatient;
    private HttpClient? _http;

    public MailServers Mail => _mail ?? throw new InvalidOperationException("not started");

    public GatewayProcess Gateway => _gateway ?? throw new InvalidOperationException("not started");

    /// <summary>A client that may do everything.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("not started");

    /// <summary>Another Gateway, for all that break things: it waits for nothing long, tries again soon, and may go without TLS.</summary>
    public async Task<GatewayProcess> ImpatientAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        await _starting.WaitAsync(ct);
        try { return _impatient ??= await GatewayProcess.StartAsync(Impatience.Settings(Mail), ct); }
        finally { _starting.Release(); }
    }

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        _mail = await MailServers.StartAsync(new Dictionary<string, string>(), ct);
        _gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = _mail }, ct);
        _http = _gateway.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_gateway is not null) { await _gateway.DisposeAsync(); }

        if (_impatient is not null) { await _impatient.DisposeAsync(); }

        if (_mail is not null) { await _mail.DisposeAsync(); }

        _starting.Dispose();
    }
}
