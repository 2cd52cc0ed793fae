using System.Runtime.CompilerServices;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Blobs;

/// <summary>Uploads in the database, in sealed pieces: each is safe once it is written, so that an upload goes on where it broke off, on any node.</summary>
internal sealed class BlobStore(IDbContextFactory<GatewayDb> store, Vault vault, IOptions<BlobOptions> options, TimeProvider clock)
{
    private const string Purpose = "blob";
    private const int ChunkBytes = 512 * 1024;

    /// <summary>How an upload ended.</summary>
    public enum Outcome
    {
        Stored,
        TooLarge,

        /// <summary>Somebody else wrote at the same place at the same time.</summary>
        Raced,
    }

    public async Task<BlobRecord?> FindAsync(AccountId account, string id, CancellationToken ct)
    {
        if (!Guid.TryParseExact(id, "N", out var number)) { return null; }

        var now = clock.GetUtcNow();
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.Blobs.AsNoTracking().SingleOrDefaultAsync(b => b.Account == account && b.Id == number && b.ExpiresAt > now, ct);
    }

    public async Task<BlobRecord> CreateAsync(AccountId account, string? fileName, string contentType, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var record = new BlobRecord { Id = Guid.NewGuid(), Account = account, FileName = fileName, ContentType = contentType, CreatedAt = now, ExpiresAt = now + options.Value.KeepFor };
        await using var db = await store.CreateDbContextAsync(ct);
        db.Blobs.Add(record);
        await db.SaveChangesAsync(ct);
        return record;
    }

    /// <summary>Adds bytes at the end. What had arrived when a client goes away is kept.</summary>
    public async Task<Outcome> AppendAsync(BlobRecord blob, Stream body, bool completes, CancellationToken ct)
    {
        var others = await UsedAsync(blob, ct);
        var chunk = new byte[ChunkBytes];
        for (var ended = false; !ended;)
        {
            var length = 0;
            try
            {
                while (length < chunk.Length && !ended)
                {
                    var read = await body.ReadAsync(chunk.AsMemory(length), ct);
                    length += read;
                    ended = read == 0;
                }
            }
            catch (Exception) when (length > 0 && blob.Size + length <= options.Value.MaxBytes)
            {
                await WriteAsync(blob, chunk.AsMemory(0, length), completes: false, CancellationToken.None);
                throw;
            }

            var size = blob.Size + length;
            if (size > options.Value.MaxBytes || others + size > options.Value.MaxAccountBytes) { return Outcome.TooLarge; }

            if ((length > 0 || ended) && !await WriteAsync(blob, chunk.AsMemory(0, length), completes && ended, ct)) { return Outcome.Raced; }
        }

        return Outcome.Stored;
    }

    /// <summary>The bytes from some place on, piece by piece.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(BlobRecord blob, long from, [EnumeratorCancellation] CancellationToken ct)
    {
        while (from < blob.Size)
        {
            await using var db = await store.CreateDbContextAsync(ct);
            var chunk = await db.BlobChunks.AsNoTracking().Where(c => c.BlobId == blob.Id && c.Offset <= from).OrderByDescending(c => c.Offset).FirstOrDefaultAsync(ct);
            if (chunk is null || chunk.Offset + chunk.Length <= from) { yield break; } // it has expired meanwhile

            yield return vault.Open(blob.Account, Purpose, chunk.SealedBytes).AsMemory((int)(from - chunk.Offset));
            from = chunk.Offset + chunk.Length;
        }
    }

    /// <summary>All of it, to be attached.</summary>
    public async Task<byte[]> ReadAllAsync(BlobRecord blob, CancellationToken ct)
    {
        using var bytes = new MemoryStream((int)blob.Size);
        await foreach (var piece in ReadAsync(blob, 0, ct)) { bytes.Write(piece.Span); }

        return bytes.ToArray();
    }

    /// <summary>Forgets a blob. False when there is none.</summary>
    public async Task<bool> DeleteAsync(AccountId account, Guid id, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await DeleteAsync(db, db.Blobs.Where(b => b.Account == account && b.Id == id), ct) > 0;
    }

    public async Task<int> DeleteExpiredAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await store.CreateDbContextAsync(ct);
        return await DeleteAsync(db, db.Blobs.Where(b => b.ExpiresAt <= now), ct);
    }

    public static async Task<int> DeleteAsync(GatewayDb db, IQueryable<BlobRecord> blobs, CancellationToken ct)
    {
        var ids = blobs.Select(b => b.Id);
        await db.BlobChunks.Where(c => ids.Contains(c.BlobId)).ExecuteDeleteAsync(ct);
        return await blobs.ExecuteDeleteAsync(ct);
    }

    private async Task<long> UsedAsync(BlobRecord blob, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.Blobs.Where(b => b.Account == blob.Account && b.Id != blob.Id).SumAsync(b => b.Size, ct);
    }

    private async Task<bool> WriteAsync(BlobRecord blob, ReadOnlyMemory<byte> bytes, bool completes, CancellationToken ct)
    {
        var (from, size) = (blob.Size, blob.Size + bytes.Length);
        await using var db = await store.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The size is the guard: of two that write at one place, one finds it changed.
        var mine = await db.Blobs.Where(b => b.Id == blob.Id && b.Size == from && !b.IsComplete)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Size, size).SetProperty(b => b.IsComplete, completes), ct);
        if (mine == 0) { return false; }

        if (!bytes.IsEmpty)
        {
            db.BlobChunks.Add(new() { BlobId = blob.Id, Offset = from, Length = bytes.Length, SealedBytes = vault.Seal(blob.Account, Purpose, bytes.ToArray()) });
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        (blob.Size, blob.IsComplete) = (size, completes);
        return true;
    }
}
