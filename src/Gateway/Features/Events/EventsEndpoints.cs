using System.Text.Json;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Watching;

namespace Gateway.Features.Events;

internal static class EventsEndpoints
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptions<EventOptions>().BindConfiguration(EventOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<EventLog>().AddSingleton<WatchPositions>().AddSingleton<MoveTelling>().AddSingleton<EventFeeds>().AddSingleton<HubSubscriptions>()
            .AddSingleton<IMailboxEventSink, MailboxEventSink>().AddHostedService<EventTrimming>();
        services.ConfigureSwaggerGen(document => document.SchemaFilter<MailEventSchema>());
        services.AddExample(Example);
        services.AddSignalR().AddJsonProtocol(json => WireJson.Configure(json.PayloadSerializerOptions))
            .AddMessagePackProtocol(packed => packed.SerializerOptions = MailEventMessagePack.Options);
        return services;
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapGroup("/v1/events").WithTags("Events").WithProblems(400, 401, 403, 404, 429);
        StreamEvents.Map(events);
        routes.MapHub<MailHub>(MailHub.Path, hub => hub.CloseOnAuthenticationExpiration = true).RequireScope(Scopes.MailRead);
    }

    private static MailEvent Example => new(
        new EventCursor(Owner, 42).ToString(), EventTypes.MessageCreated, Owner, MessageExamples.Row.ReceivedAt, MessageExamples.Row.ReceivedAt.AddMilliseconds(180),
        JsonSerializer.SerializeToElement(MessageExamples.Row, WireJson.Options));

    private static AccountId Owner => AccountId.Parse("01999f5e0d4c7000b3a1c2d3e4f50617", null);
}
