using Gateway.Http;

namespace Gateway.Features.Push;

internal static class PushEndpoints
{
    public static IServiceCollection AddPush(this IServiceCollection services)
    {
        services.AddOptions<PushOptions>().BindConfiguration(PushOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddGuardedHttpClient(PushSending.ClientName);
        services.AddExample(new PushSubscriptionRequest(
            "https://push.example.com/send/c2FtcGxl", new("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4Tts7J_aSIgg"),
            QuietHours: new("22:00", "07:00", "Europe/Berlin"), Private: false));
        return services.AddSingleton<PushSubscriptions>().AddSingleton<PushEditing>().AddSingleton<VapidKeys>().AddSingleton<PushSending>().AddHostedService<PushWorker>();
    }

    public static void MapPush(this IEndpointRouteBuilder routes)
    {
        var subscriptions = routes.MapGroup("/v1/push-subscriptions").WithTags("Push").WithETags().WithProblems(400, 401, 403, 404, 429);
        ListPushSubscriptions.Map(subscriptions);
        AddPushSubscription.Map(subscriptions);
        GetPushServerKey.Map(subscriptions);
        GetPushSubscription.Map(subscriptions);
        UpdatePushSubscription.Map(subscriptions);
        DeletePushSubscription.Map(subscriptions);
    }
}
