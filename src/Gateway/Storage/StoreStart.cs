using Microsoft.EntityFrameworkCore;

namespace Gateway.Storage;

/// <summary>Brings the store up to date before anything uses it, and refuses to start with the wrong master key.</summary>
internal sealed class StoreStart(IDbContextFactory<GatewayDb> store, MasterKey masterKey) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);

        var seal = new KeyRingSeal(masterKey);
        await foreach (var key in db.DataProtectionKeys.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (key.Xml is { } xml && !seal.Opens(xml))
            {
                throw new InvalidOperationException(
                    "The master key does not open the stored key ring. Set Gateway:MasterKey (or the file) to the key this data was made with.");
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
