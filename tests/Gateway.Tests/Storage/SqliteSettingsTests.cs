using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Storage;

public sealed class SqliteSettingsTests : IAsyncDisposable
{
    private readonly GatewayFactory _gateway = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Every_connection_has_its_settings_however_often_it_is_used()
    {
        var store = _gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>();
        for (var round = 0; round < 3; round++)
        {
            List<GatewayDb> together = [];
            for (var n = 0; n < 4; n++) { together.Add(await store.CreateDbContextAsync(Ct)); }

            foreach (var db in together)
            {
                await db.Database.OpenConnectionAsync(Ct);
                Assert.Equal(("wal", 2, 1, 5000), (await ReadAsync<string>(db, "journal_mode"), await ReadAsync<long>(db, "synchronous"),
                    await ReadAsync<long>(db, "foreign_keys"), await ReadAsync<long>(db, "busy_timeout")));
            }

            foreach (var db in together) { await db.DisposeAsync(); }
        }
    }

    private static async Task<T> ReadAsync<T>(GatewayDb db, string pragma)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }
}
