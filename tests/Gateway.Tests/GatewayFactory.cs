using Gateway.Features.ApiKeys;
using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests;

/// <summary>The whole server in process, on a store of its own. It reaches nothing but loopback.</summary>
public class GatewayFactory : WebApplicationFactory<Program>
{
    public const string AdminKey = "gw_test-admin-key-0123456789";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("gateway-tests-");

    /// <summary>Settings beyond those of every test, in the form <c>Gateway:Section:Name</c>. Set before the first request.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public string Data => _data.FullName;

    /// <summary>A client whose requests carry the admin key.</summary>
    public HttpClient CreateAdmin() => CreateCaller(AdminKey);

    /// <summary>A client whose requests carry this key.</summary>
    public HttpClient CreateCaller(string key)
    {
        var client = CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>A client whose requests carry no credentials and keep no cookies.</summary>
    public HttpClient CreateStranger() => CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });

    internal Task<string> CreateKeyAsync(Scopes scopes, IReadOnlyList<AccountId>? accounts, CancellationToken ct) =>
        Services.GetRequiredService<ApiKeys>().CreateAsync("test", scopes, accounts, expiresAt: null, ct);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Gateway:Data", Data);
        builder.UseSetting("Gateway:AdminKey", AdminKey);
        builder.UseSetting("Gateway:Egress:Allow:0", "127.0.0.0/8");
        builder.UseSetting("Gateway:Tls:PlaintextHosts:0", "127.0.0.1");
        builder.UseSetting("Gateway:Discovery:Lookups", "false");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        foreach (var (name, value) in Settings) { builder.UseSetting(name, value); }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) { DeleteData(); }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        DeleteData();
        GC.SuppressFinalize(this);
    }

    private void DeleteData()
    {
        if (Directory.Exists(Data)) { _data.Delete(recursive: true); }
    }
}
