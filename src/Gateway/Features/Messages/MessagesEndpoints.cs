namespace Gateway.Features.Messages;

internal static class MessagesEndpoints
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services.AddSingleton<MessageLocator>();

    public static void MapMessages(this IEndpointRouteBuilder routes) { }
}
