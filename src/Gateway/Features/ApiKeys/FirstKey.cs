using Gateway.Http;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Features.ApiKeys;

/// <summary>Makes the admin key of a new store and prints it, once.</summary>
internal sealed class FirstKey(ApiKeys keys, IOptions<StorageOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.AdminKey is not null || await keys.AnyAsync(stoppingToken)) { return; }

        var key = await keys.CreateAsync("admin", Scopes.All, null, null, stoppingToken);
        // To standard output and not to the log: logs are kept and shipped, this must be seen once.
        Console.WriteLine($"Admin key, shown only now: {key}");
    }
}
