using Gateway.Http;
using Gateway.Mail.Watching;

namespace Gateway.Features.Events;

internal static class EventsEndpoints
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptions<EventOptions>().BindConfiguration(EventOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<EventLog>().AddSingleton<EventFeeds>().AddSingleton<HubSubscriptions>()
            .AddSingleton<IMailboxEventSink, MailboxEventSink>().AddHostedService<EventTrimming>();
        services.ConfigureSwaggerGen(document => document.SchemaFilter<MailEventSchema>());
        services.AddSignalR().AddJsonProtocol(json => WireJson.Configure(json.PayloadSerializerOptions));
        return services;
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapGroup("/v1/events").WithTags("Events").WithProblems(400, 401, 403, 404, 429);
        StreamEvents.Map(events);
        routes.MapHub<MailHub>(MailHub.Path, hub => hub.CloseOnAuthenticationExpiration = true).RequireScope(Scopes.MailRead);
    }
}
