using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Storage;

internal static class StorageServiceCollectionExtensions
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddPooledDbContextFactory<GatewayDb>((provider, db) =>
        {
            var folder = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Data;
            Directory.CreateDirectory(folder);
            db.UseSqlite($"Data Source={Path.Combine(folder, "gateway.db")};Default Timeout=30")
                .AddInterceptors(new SqliteSettings());
        });
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext());
        services.AddSingleton<MasterKey>();
        services.AddSingleton<Vault>();
        services.AddHostedService<StoreStart>();
        services.AddDataProtection().SetApplicationName("Gateway").PersistKeysToDbContext<GatewayDb>();
        services.AddOptions<KeyManagementOptions>()
            .Configure<MasterKey>((options, key) => options.XmlEncryptor = new KeyRingSeal(key));
        return services;
    }
}
