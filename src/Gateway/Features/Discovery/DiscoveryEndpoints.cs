using System.Net;
using DnsClient;
using Gateway.Http;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Discovery;

internal static class DiscoveryEndpoints
{
    public static IServiceCollection AddDiscovery(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<DiscoveryOptions>, DiscoveryOptionsValidator>();
        services.AddOptions<DiscoveryOptions>().BindConfiguration(DiscoveryOptions.Section).ValidateOnStart();
        services.AddGuardedHttpClient(AutoconfigDownload.ClientName);
        return services.AddSingleton(Dns)
            .AddSingleton<KnownProviders>().AddSingleton<AutoconfigDownload>().AddSingleton<AutoconfigLookup>()
            .AddSingleton<SrvLookup>().AddSingleton<MxLookup>().AddSingleton<ServerDiscovery>();
    }

    public static void MapDiscovery(this IEndpointRouteBuilder routes) =>
        Discover.Map(routes.MapGroup("/v1/discovery").WithTags("Discovery").WithProblems(400, 422, 429));

    private static ILookupClient Dns(IServiceProvider services)
    {
        var named = services.GetRequiredService<IOptions<DiscoveryOptions>>().Value.NameServers;
        var options = named.Length > 0 ? new LookupClientOptions([.. named.Select(IPEndPoint.Parse)]) : new LookupClientOptions();
        (options.Timeout, options.Retries, options.ThrowDnsErrors) = (TimeSpan.FromSeconds(2), 1, false);
        return new LookupClient(options);
    }
}
