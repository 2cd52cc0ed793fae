using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Storage;

/// <summary>Writes single rows by statements that are prepared once for a link and kept as long as it is open: a tenth of what tracking changes costs.</summary>
/// <remarks>Within the caller's transaction, and not thread-safe, as the context itself.</remarks>
internal sealed class PreparedRows(GatewayDb db)
{
    private readonly Dictionary<(Type, RowWrite), PreparedRow> _prepared = [];

    /// <exception cref="DbUpdateException">Its key, or what else is unique of it, is taken.</exception>
    public Task InsertAsync<T>(T row, CancellationToken ct) where T : class => WriteAsync(RowWrite.Insert, typeof(T), row, null, ct);

    /// <summary>Writes whatever of the row may change over the one with its key.</summary>
    /// <param name="known">The value of its concurrency token that the change was made on, where it has one.</param>
    /// <exception cref="DbUpdateConcurrencyException">There is no such row, or somebody changed it meanwhile.</exception>
    public async Task UpdateAsync<T>(T row, CancellationToken ct, object? known = null) where T : class
    {
        if (await WriteAsync(RowWrite.Update, typeof(T), row, known, ct) == 0) { throw new DbUpdateConcurrencyException("The row is gone or has changed."); }
    }

    /// <summary>Removes the row with this key, if there is one.</summary>
    public Task DeleteAsync<T>(object key, CancellationToken ct) where T : class => WriteAsync(RowWrite.Delete, typeof(T), key, null, ct);

    private async Task<int> WriteAsync(RowWrite write, Type type, object row, object? known, CancellationToken ct)
    {
        if (_prepared.Count == 0) { db.Database.GetDbConnection().StateChange += Drop; }

        if (!_prepared.TryGetValue((type, write), out var prepared)) { _prepared[(type, write)] = prepared = new(db, type, write); }

        try { return await prepared.ExecuteAsync(row, known, ct); }
        catch (DbException error) { throw new DbUpdateException("A row could not be written.", error); }
    }

    /// <summary>Links are pooled apart from contexts: a statement that outlived its connection would be done on a link that somebody else has now, outside of our transaction.</summary>
    private void Drop(object connection, StateChangeEventArgs change)
    {
        if (change.CurrentState == ConnectionState.Open) { return; }

        ((DbConnection)connection).StateChange -= Drop;
        foreach (var prepared in _prepared.Values) { prepared.Dispose(); }

        _prepared.Clear();
    }
}
