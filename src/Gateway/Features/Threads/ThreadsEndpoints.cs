using Gateway.Features.Accounts;
using Gateway.Http;

namespace Gateway.Features.Threads;

internal static class ThreadsEndpoints
{
    private static readonly int[] Met = [400, 401, 403, 404, 409, 410, 429, 502, 503, 504];

    public static IServiceCollection AddThreads(this IServiceCollection services)
    {
        services.AddOptions<ThreadOptions>().BindConfiguration(ThreadOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ThreadIndex>().AddSingleton<ThreadListing>().AddSingleton<CollapsedListing>().AddSingleton<ThreadReading>().AddSingleton<ThreadWriting>();
    }

    public static void MapThreads(this IEndpointRouteBuilder routes)
    {
        var threads = routes.MapGroup("/v1/accounts/{accountId}/threads").WithTags("Threads").TellMissingAccount().WithETags().WithProblems(Met);
        ListThreads.Map(threads);
        GetThread.Map(threads);
        UpdateThread.Map(threads);
        DeleteThread.Map(threads);
        GetThreadOfMessage.Map(routes.MapGroup("/v1/accounts/{accountId}/messages").WithTags("Threads").TellMissingAccount().WithETags().WithProblems(Met));
    }
}
