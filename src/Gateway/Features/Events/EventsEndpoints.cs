namespace Gateway.Features.Events;

internal static class EventsEndpoints
{
    public static IServiceCollection AddEvents(this IServiceCollection services) => services.AddSingleton<EventLog>().AddSingleton<Gateway.Mail.Watching.IMailboxEventSink, MailboxEventSink>();

    public static void MapEvents(this IEndpointRouteBuilder routes) { }
}
