using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Pacing;

/// <summary>How fast an account may send, and how much of that is used.</summary>
/// <param name="PerMinute">Mails within any 60 seconds; absent when there is no limit.</param>
/// <param name="PerDay">Recipients within any 24 hours; absent when there is no limit.</param>
/// <param name="UsedThisMinute">Mails handed over within the last 60 seconds; absent when nothing is limited.</param>
/// <param name="UsedToday">Recipients of the mails handed over within the last 24 hours; absent when nothing is limited.</param>
/// <param name="NextAt">When the next mail to one recipient may go; absent when it may go now.</param>
public sealed record AccountPacing(int? PerMinute, int? PerDay, int? UsedThisMinute, int? UsedToday, DateTimeOffset? NextAt)
{
    internal static AccountPacing From(AccountPace pace, DateTimeOffset now)
    {
        (int, int)? used = pace.IsLimited ? pace.Used(now) : null;
        return new(pace.Limits.PerMinute, pace.Limits.PerDay, used?.Item1, used?.Item2, pace.WaitsUntil(now));
    }
}

internal static class GetPacing
{
    public static void Map(IEndpointRouteBuilder pacing) => pacing.MapGet("", HandleAsync)
        .WithName("GetPacing").WithSummary("Get how fast an account may send, how much of that is used, and when the next mail may go").RequireScope(Scopes.MailRead);

    internal static async Task<Results<Ok<AccountPacing>, ProblemHttpResult>> HandleAsync(AccountId accountId, Paces paces, TimeProvider clock, CancellationToken ct) =>
        await paces.OfAsync(accountId, ct) is { } pace ? TypedResults.Ok(AccountPacing.From(pace, clock.GetUtcNow())) : Problems.AccountNotFound;
}
