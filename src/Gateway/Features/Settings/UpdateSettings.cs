using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Settings;

internal static class UpdateSettings
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxTries = 5;

    public static void Map(IEndpointRouteBuilder settings) => settings.MapPut("", HandleAsync)
        .WithName("UpdateSettings").WithSummary("Replace all of the settings; at most 64 KiB. With If-Match only what was read is replaced")
        .WithMetadata(new RequestSizeLimitAttribute(MaxBytes)).WithProblems(412, 413, 422).RequireScope(Scopes.MailWrite);

    internal static async Task<Results<Ok<Settings>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, Settings request, HttpContext context, GatewayDb db, CancellationToken ct)
    {
        if (!await db.Accounts.AnyAsync(a => a.Id == accountId, ct)) { return Problems.AccountNotFound; }

        for (var tries = 1; ; tries++)
        {
            var record = await db.Settings.SingleOrDefaultAsync(s => s.Account == accountId, ct);
            if (!await ETags.MatchesAsync(context, () => Task.FromResult<object>(SettingsStore.From(record)))) { return Problems.PreconditionFailed; }

            if (record is null) { db.Settings.Add(record = new() { Account = accountId, Json = "" }); }

            record.Json = SettingsStore.Json(request);
            record.Version++;
            try { await db.SaveChangesAsync(ct); }
            catch (DbUpdateException) when (tries < MaxTries)
            {
                db.ChangeTracker.Clear(); // somebody else wrote in between: decide anew
                continue;
            }

            return TypedResults.Ok(request);
        }
    }
}
