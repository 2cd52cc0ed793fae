using Gateway.Features.ApiKeys;
using Gateway.Http;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway;

/// <summary>What the binary does besides serving.</summary>
internal static class Commands
{
    private const string Help = """
        Gateway: a REST API, live events and a webmail for any IMAP/SMTP account.

          Gateway                    serve (settings: appsettings.json, environment, --Urls, --Gateway:Data …)
          Gateway openapi            print the OpenAPI document
          Gateway keys create NAME --scopes "mail:read …" [--account ID]... [--days N]
                                     make an API key on the local store and print it
          Gateway --help             this text
        """;

    public static int PrintHelp()
    {
        Console.WriteLine(Help);
        return 0;
    }

    public static Func<WebApplication, string[], Task<int>>? Find(string[] args) => args switch
    {
        ["openapi", ..] => PrintOpenApiAsync,
        ["keys", "create", ..] => CreateKeyAsync,
        _ => null,
    };

    private static async Task<int> PrintOpenApiAsync(WebApplication app, string[] args)
    {
        // Endpoints reach the document's generator only once the routing is closed, which a started host does by itself.
        ((IApplicationBuilder)app).UseRouting().UseEndpoints(_ => { });
        Console.WriteLine(await ApiDocument.WriteAsync(app.Services, app.Lifetime.ApplicationStopping));
        return 0;
    }

    private static async Task<int> CreateKeyAsync(WebApplication app, string[] args)
    {
        var ct = app.Lifetime.ApplicationStopping;
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync(ct);
        await db.Database.MigrateAsync(ct);
        return await CreateKeyCommand.RunAsync(
            app.Services.GetRequiredService<ApiKeys>(), args[2..], app.Services.GetRequiredService<TimeProvider>(), ct);
    }
}
