using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Submissions;

/// <summary>What the outbox asks for with every mail, compiled once.</summary>
internal static class OutboxQueries
{
    public static readonly Func<GatewayDb, Guid, CancellationToken, Task<byte[]?>> MimeOf = EF.CompileAsyncQuery((GatewayDb db, Guid id, CancellationToken _) =>
        db.SubmissionMimes.Where(m => m.SubmissionId == id).Select(m => m.SealedMime).SingleOrDefault());

    public static readonly Func<GatewayDb, DateTimeOffset, IAsyncEnumerable<AccountId>> DueAccounts = EF.CompileAsyncQuery((GatewayDb db, DateTimeOffset now) =>
        db.Submissions.Where(s => s.DueAt <= now).Select(s => s.Account).Distinct());

    public static readonly Func<GatewayDb, DateTimeOffset, IAsyncEnumerable<AccountId>> FilingAccounts = EF.CompileAsyncQuery((GatewayDb db, DateTimeOffset now) =>
        db.Submissions.Where(s => s.FilingDueAt <= now).Select(s => s.Account).Distinct());

    public static readonly Func<GatewayDb, DateTimeOffset, CancellationToken, Task<DateTimeOffset?>> NextAttempt = EF.CompileAsyncQuery((GatewayDb db, DateTimeOffset now, CancellationToken _) =>
        db.Submissions.Where(s => s.DueAt > now).Min(s => s.DueAt));

    public static readonly Func<GatewayDb, DateTimeOffset, CancellationToken, Task<DateTimeOffset?>> NextFiling = EF.CompileAsyncQuery((GatewayDb db, DateTimeOffset now, CancellationToken _) =>
        db.Submissions.Where(s => s.FilingDueAt > now).Min(s => s.FilingDueAt));
}
