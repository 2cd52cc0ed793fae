using Gateway.Features.Accounts;
using Gateway.Http;

namespace Gateway.Features.Changes;

internal static class ChangesEndpoints
{
    public static IServiceCollection AddChanges(this IServiceCollection services) => services.AddSingleton<SyncStates>().AddSingleton<MailboxComparison>();

    public static void MapChanges(this IEndpointRouteBuilder routes) => GetChanges.Map(
        routes.MapGroup("/v1/accounts/{accountId}").WithTags("Changes").TellMissingAccount().WithProblems(400, 401, 403, 404, 409, 410, 429, 502, 503, 504));
}
