using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Mailboxes;

internal static class GetQuota
{
    private const long Kilobyte = 1024; // the unit of STORAGE, RFC 9208 section 5.1

    public static void Map(IEndpointRouteBuilder account) => account.MapGet("quota", HandleAsync)
        .WithName("GetQuota").WithSummary("How full the account's mail store is").RequireScope(Scopes.MailRead);

    internal static async Task<Ok<Quota>> HandleAsync(AccountId accountId, ImapPool pool, CancellationToken ct)
    {
        var quota = await pool.RunAsync(accountId, null, FolderAccess.ReadOnly, Lane.Interactive, async lease =>
        {
            if (!lease.Store.SupportsQuotas) { return new Quota(false, null, null, null, null); }

            var found = await lease.Store.Inbox!.GetQuotaAsync(lease.CommandToken);
            return new Quota(true, found?.CurrentStorageSize * Kilobyte, found?.StorageLimit * Kilobyte, found?.CurrentMessageCount, found?.MessageLimit);
        }, ct);
        return TypedResults.Ok(quota);
    }
}
