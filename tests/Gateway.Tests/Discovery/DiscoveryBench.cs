using Gateway.Features.Discovery;
using Gateway.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Gateway.Tests.Discovery;

/// <summary>Discovery with a name server and a web server on loopback in the place of the internet.</summary>
internal sealed class DiscoveryBench : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private ServiceProvider? _services;

    public DiscoveryBench()
    {
        _settings = new()
        {
            ["Gateway:Egress:Allow:0"] = "127.0.0.0/8",
            ["Gateway:Discovery:AllowHttp"] = "true",
            ["Gateway:Discovery:NameServers:0"] = Dns.Address,
            ["Gateway:Discovery:Autoconfig:0"] = Web.Url + "/{domain}/config-v1.1.xml?emailaddress={address}",
            ["Gateway:Discovery:Ispdb"] = Web.Url + "/ispdb/",
        };
    }

    public ScriptedDnsServer Dns { get; } = new();

    public WireMockServer Web { get; } = WireMockServer.Start();

    public FakeTimeProvider Clock { get; } = new();

    /// <summary>Paths with query that were asked of the web server.</summary>
    public IEnumerable<string> Fetched => Web.LogEntries.Select(e => new Uri(e.RequestMessage!.Url).PathAndQuery);

    public string this[string setting] { set => _settings[setting] = value; }

    public Task<DiscoveredServers?> FindAsync(string email) =>
        (_services ??= Build()).GetRequiredService<ServerDiscovery>().FindAsync(email, TestContext.Current.CancellationToken);

    public void Publish(string path, string body) =>
        Web.Given(Request.Create().WithPath(path)).RespondWith(Response.Create().WithHeader("Content-Type", "text/xml").WithBody(body));

    public void Redirect(string path, string to) =>
        Web.Given(Request.Create().WithPath(path)).RespondWith(Response.Create().WithStatusCode(302).WithHeader("Location", to));

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) { await _services.DisposeAsync(); }

        Web.Dispose();
        await Dns.DisposeAsync();
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build());
        services.AddSingleton<TimeProvider>(Clock).AddMail().AddDiscovery();
        return services.BuildServiceProvider();
    }
}
