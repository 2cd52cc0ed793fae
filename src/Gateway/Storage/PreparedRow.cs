using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.Storage;

/// <summary>One statement for the rows of one table, made from the model: tables, columns and conversions stand there and nowhere else.</summary>
internal sealed class PreparedRow : IDisposable
{
    private readonly GatewayDb _db;
    private readonly DbCommand _command;
    private readonly IReadOnlyList<IProperty> _properties;
    private readonly bool _isByKey;
    private readonly IProperty? _token;

    public PreparedRow(GatewayDb db, Type type, RowWrite write)
    {
        var entity = db.Model.FindEntityType(type)!;
        var sql = db.GetService<ISqlGenerationHelper>();
        var key = entity.FindPrimaryKey()!.Properties;
        (_db, _command, _isByKey) = (db, db.Database.GetDbConnection().CreateCommand(), write == RowWrite.Delete);
        _token = write == RowWrite.Update ? entity.GetProperties().SingleOrDefault(p => p.IsConcurrencyToken) : null;
        List<IProperty> changes = [.. entity.GetProperties().Where(p => !key.Contains(p) && (write == RowWrite.Insert || p.GetAfterSaveBehavior() == PropertySaveBehavior.Save))];
        _properties = write switch { RowWrite.Insert => [.. key, .. changes], RowWrite.Update => [.. changes, .. key], _ => key };
        var (table, at) = (sql.DelimitIdentifier(entity.GetTableName()!), changes.Count);
        _command.CommandText = write switch
        {
            RowWrite.Insert => $"INSERT INTO {table} ({string.Join(", ", _properties.Select(Column))}) VALUES ({string.Join(", ", _properties.Select((_, i) => Parameter(i)))})",
            RowWrite.Update => $"UPDATE {table} SET {string.Join(", ", changes.Select(Equal))} WHERE {string.Join(" AND ", key.Select((p, i) => Equal(p, at + i)))}{(_token is null ? "" : $" AND {Equal(_token, _properties.Count)}")}",
            _ => $"DELETE FROM {table} WHERE {Equal(key.Single(), 0)}",
        };
        for (var i = 0; i < _properties.Count + (_token is null ? 0 : 1); i++)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = Parameter(i);
            _command.Parameters.Add(parameter);
        }

        string Column(IProperty property) => sql.DelimitIdentifier(property.GetColumnName());
        string Equal(IProperty property, int i) => $"{Column(property)} = {Parameter(i)}";
    }

    /// <param name="row">The row; of a delete its key.</param>
    /// <returns>How many rows there were to write to.</returns>
    public Task<int> ExecuteAsync(object row, object? known, CancellationToken ct)
    {
        for (var i = 0; i < _properties.Count; i++) { Set(i, _properties[i], _isByKey ? row : _properties[i].PropertyInfo!.GetValue(row)); }

        if (_token is not null) { Set(_properties.Count, _token, known); }

        _command.Transaction = _db.Database.CurrentTransaction!.GetDbTransaction();
        return _command.ExecuteNonQueryAsync(ct);
    }

    public void Dispose() => _command.Dispose();

    private void Set(int i, IProperty property, object? value) =>
        _command.Parameters[i].Value = value is null ? DBNull.Value : property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) ?? DBNull.Value : value;

    private static string Parameter(int i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@p{i}");
}
