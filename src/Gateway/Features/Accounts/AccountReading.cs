using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Accounts;

/// <summary>Reads an account, as nearly every request does: by a query that is compiled once.</summary>
internal static class AccountReading
{
    private static readonly Func<GatewayDb, AccountId, CancellationToken, Task<AccountRecord?>> ById = EF.CompileAsyncQuery((GatewayDb db, AccountId account, CancellationToken _) =>
        db.Accounts.AsNoTracking().SingleOrDefault(a => a.Id == account));

    /// <summary>The account as it is stored; null when there is none.</summary>
    public static Task<AccountRecord?> AccountAsync(this GatewayDb db, AccountId account, CancellationToken ct) => ById(db, account, ct);
}
