using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Gateway.Storage;

/// <summary>Tells a store that is away from one that was asked for something wrong.</summary>
internal static class StoreFaults
{
    /// <summary>Busy, locked, read-only, failing, full, or not to be opened (<c>SQLITE_…</c> primary result codes).</summary>
    private static readonly int[] Away = [5, 6, 8, 10, 13, 14];

    /// <summary>The disk is full, or the like: the same request may succeed later.</summary>
    public static bool IsUnavailable(Exception error) => error.GetBaseException() switch
    {
        SqliteException sqlite => Away.Contains(sqlite.SqliteErrorCode),
        DbException other => other.IsTransient,
        _ => false,
    };
}
