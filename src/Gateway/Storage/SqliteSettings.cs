using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Gateway.Storage;

/// <summary>Each SQLite connection waits for its disk: what is answered as accepted survives a power cut.</summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    // busy_timeout: a writer that meets another waits for it in steps of milliseconds; the driver by itself sleeps 150 at a time.
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;";

    /// <summary>Links that have the settings: the driver pools them, and a link keeps what it was told.</summary>
    private readonly ConditionalWeakTable<sqlite3, sqlite3> _set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var link = Link(connection);
        if (_set.TryGetValue(link, out _)) { return; }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        _set.AddOrUpdate(link, link);
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var link = Link(connection);
        if (_set.TryGetValue(link, out _)) { return; }

        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        _set.AddOrUpdate(link, link);
    }

    private static sqlite3 Link(DbConnection connection) => ((SqliteConnection)connection).Handle!;
}
