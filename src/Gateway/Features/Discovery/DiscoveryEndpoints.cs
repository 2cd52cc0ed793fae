namespace Gateway.Features.Discovery;

internal static class DiscoveryEndpoints
{
    public static IServiceCollection AddDiscovery(this IServiceCollection services) => services.AddSingleton<ServerDiscovery>();

    public static void MapDiscovery(this IEndpointRouteBuilder routes) { }
}
