using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Features.ApiKeys;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests;

/// <summary>The whole server in process, on a store of its own. It reaches nothing but loopback.</summary>
public class GatewayFactory : WebApplicationFactory<Program>
{
    public const string AdminKey = "gw_test-admin-key-0123456789";

    /// <summary>The levels that appsettings.json sets. Not turned off, since without any log a request has no trace id.</summary>
    private static readonly string[] Quiet = ["Default", "Microsoft", "Microsoft.Hosting.Lifetime", "System.Net.Http"];

    private static readonly Lazy<byte[]> EmptyStore = new(MakeEmptyStore);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("gateway-tests-");

    /// <summary>Settings beyond those of every test, in the form <c>Gateway:Section:Name</c>. Set before the first request.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public string Data => _data.FullName;

    private string StorePath => Path.Combine(Data, "gateway.db");

    /// <summary>A client whose requests carry the admin key.</summary>
    public HttpClient CreateAdmin() => CreateCaller(AdminKey);

    /// <summary>A client whose requests carry this key.</summary>
    public HttpClient CreateCaller(string key)
    {
        var client = CreateClient(new() { BaseAddress = ClientOptions.BaseAddress, AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>A client whose requests carry no credentials and keep no cookies.</summary>
    public HttpClient CreateStranger() => CreateClient(new() { BaseAddress = ClientOptions.BaseAddress, AllowAutoRedirect = false, HandleCookies = false });

    /// <summary>Adds an account whose servers are never asked.</summary>
    public async Task<string> AddAccountAsync(string email, string password, CancellationToken ct)
    {
        var answer = await CreateAdmin().PostAsJsonAsync("/v1/accounts?verify=false", new
        {
            email,
            credentials = new { type = "password", password },
            imap = new { host = "127.0.0.1", port = 1, security = "tls" },
        }, ct);
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(ct))!["id"]!;
    }

    internal Task<string> CreateKeyAsync(Scopes scopes, IReadOnlyList<AccountId>? accounts, CancellationToken ct) =>
        Services.GetRequiredService<ApiKeys>().CreateAsync("test", scopes, accounts, expiresAt: null, ct);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (!File.Exists(StorePath)) { File.WriteAllBytes(StorePath, EmptyStore.Value); }

        builder.UseSetting("Gateway:Data", Data);
        builder.UseSetting("Gateway:AdminKey", AdminKey);
        builder.UseSetting("Gateway:Egress:Allow:0", "127.0.0.0/8");
        builder.UseSetting("Gateway:Tls:PlaintextHosts:0", "127.0.0.1");
        builder.UseSetting("Gateway:Discovery:Lookups", "false");
        foreach (var category in Quiet) { builder.UseSetting("Logging:LogLevel:" + category, "Critical"); }

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

    /// <summary>A store with nothing in it yet: to run every migration at each start would take longer than most tests.</summary>
    private static byte[] MakeEmptyStore()
    {
        var path = Path.Combine(Path.GetTempPath(), $"gateway-empty-{Guid.NewGuid():N}.db");
        try
        {
            using (var db = new GatewayDb(new DbContextOptionsBuilder<GatewayDb>().UseSqlite($"Data Source={path};Pooling=False").Options))
            {
                db.Database.Migrate();
                db.Database.ExecuteSqlRaw("PRAGMA journal_mode=WAL"); // as the server keeps it; closing it brings all into one file
            }

            return File.ReadAllBytes(path);
        }
        finally { File.Delete(path); }
    }

    private void DeleteData()
    {
        if (Directory.Exists(Data)) { _data.Delete(recursive: true); }
    }
}
