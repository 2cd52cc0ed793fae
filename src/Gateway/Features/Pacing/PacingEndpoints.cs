using Gateway.Features.Accounts;
using Gateway.Http;

namespace Gateway.Features.Pacing;

internal static class PacingEndpoints
{
    public static IServiceCollection AddPacing(this IServiceCollection services)
    {
        services.AddOptions<PacingOptions>().BindConfiguration(PacingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddExample(new AccountLimits(PerMinute: 20, PerDay: 400)).AddSingleton<Paces>();
    }

    public static void MapPacing(this IEndpointRouteBuilder routes)
    {
        var pacing = routes.MapGroup("/v1/accounts/{accountId}/pacing").WithTags("Submissions").TellMissingAccount().WithETags()
            .WithProblems(400, 401, 403, 404, 429);
        GetPacing.Map(pacing);
        UpdatePacing.Map(pacing);
    }
}
