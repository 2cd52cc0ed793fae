using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Settings;

internal static class GetSettings
{
    public static void Map(IEndpointRouteBuilder settings) => settings.MapGet("", HandleAsync)
        .WithName("GetSettings").WithSummary("Get what the account's user has chosen in the webmail").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<Settings>, ProblemHttpResult>> HandleAsync(AccountId accountId, GatewayDb db, CancellationToken ct) =>
        await db.Accounts.AnyAsync(a => a.Id == accountId, ct) ? TypedResults.Ok(await SettingsStore.ReadAsync(db, accountId, ct)) : Problems.AccountNotFound;
}
