using Gateway.Http;

namespace Gateway.Features.Webhooks;

internal static class WebhooksEndpoints
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddGuardedHttpClient(WebhookSending.ClientName);
        services.AddExample(new WebhookRequest("https://crm.example.com/hooks/mail", "CRM", ["message.created", "submission.state"]));
        return services.AddSingleton<Webhooks>().AddSingleton<WebhookSecrets>().AddSingleton<WebhookSending>().AddHostedService<WebhookWorker>();
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/v1/webhooks").WithTags("Webhooks").WithETags().WithProblems(400, 401, 403, 404, 429);
        ListWebhooks.Map(webhooks);
        AddWebhook.Map(webhooks);
        GetWebhook.Map(webhooks);
        UpdateWebhook.Map(webhooks);
        DeleteWebhook.Map(webhooks);
        AddWebhookSecret.Map(webhooks);
        TestWebhook.Map(webhooks);
        ListWebhookDeliveries.Map(webhooks);
        ReplayWebhook.Map(webhooks);
    }
}
