using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Http;

/// <summary>What POSTs with an idempotency key were answered, sealed, for seven days.</summary>
internal sealed class IdempotentAnswers(IDbContextFactory<GatewayDb> store, IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(7);

    /// <summary>What a key is kept by: two callers who give the same one do not meet, nor does one in two accounts.</summary>
    public static byte[] IdOf(Caller caller, AccountId? account, string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Id:N} {account} {key}"));

    public async Task<IdempotentAnswerRecord?> FindAsync(byte[] id, CancellationToken ct)
    {
        var oldest = clock.GetUtcNow() - KeepFor;
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.IdempotentAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.CreatedAt > oldest, ct);
    }

    public IdempotentAnswer Open(IdempotentAnswerRecord record) =>
        JsonSerializer.Deserialize<IdempotentAnswer>(Protector(record.Id).Unprotect(record.SealedAnswer))!;

    public async Task AddAsync(byte[] id, AccountId? account, byte[] requestHash, long bodyLength, IdempotentAnswer answer, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await db.IdempotentAnswers.Where(a => a.Id == id).ExecuteDeleteAsync(ct); // one that is too old
        db.IdempotentAnswers.Add(new()
        {
            Id = id, Account = account, RequestHash = requestHash, BodyLength = bodyLength, CreatedAt = clock.GetUtcNow(),
            SealedAnswer = Protector(id).Protect(JsonSerializer.SerializeToUtf8Bytes(answer)),
        });
        await db.SaveChangesAsync(ct);
    }

    public async Task ForgetOldAsync(CancellationToken ct)
    {
        var oldest = clock.GetUtcNow() - KeepFor;
        await using var db = await store.CreateDbContextAsync(ct);
        await db.IdempotentAnswers.Where(a => a.CreatedAt <= oldest).ExecuteDeleteAsync(ct);
    }

    private IDataProtector Protector(byte[] id) => protection.CreateProtector("Gateway.IdempotentAnswers", Convert.ToHexString(id));
}
