using Gateway.Features.Submissions;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Pacing;

/// <summary>An account's own limits; what is left out is as its provider has it, or else as this server's settings say.</summary>
/// <param name="PerMinute">Mails within any 60 seconds.</param>
/// <param name="PerDay">Recipients within any 24 hours.</param>
public sealed record AccountLimits(int? PerMinute = null, int? PerDay = null);

internal static class UpdatePacing
{
    public const int Most = 1_000_000;

    public static void Map(IEndpointRouteBuilder pacing) => pacing.MapPut("", HandleAsync)
        .WithName("UpdatePacing").WithSummary("Set how fast an account may send; holds for what waits already").WithProblems(413, 422).RequireScope(Scopes.AccountsManage);

    internal static async Task<Results<Ok<AccountPacing>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, AccountLimits request, GatewayDb db, Paces paces, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var checks = new Checks();
        Check(checks, "/perMinute", request.PerMinute);
        Check(checks, "/perDay", request.PerDay);
        if (!checks.Passed) { return Problems.Invalid(checks.Faults); }

        await db.Accounts.Where(a => a.Id == accountId).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.PacePerMinute, request.PerMinute).SetProperty(a => a.PacePerDay, request.PerDay), ct);
        if (await paces.OfAsync(accountId, ct) is not { } pace) { return Problems.AccountNotFound; }

        outbox.Wake();
        return TypedResults.Ok(AccountPacing.From(pace, clock.GetUtcNow()));
    }

    private static void Check(Checks checks, string pointer, int? limit)
    {
        if (limit is < 1 or > Most) { checks.Fail(pointer, $"must be 1 to {Most}"); }
    }
}
