using System.Net;
using System.Net.Sockets;
using DnsClient;
using Gateway.Http;
using Gateway.Mail.Connecting;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Discovery;

internal static class DiscoveryEndpoints
{
    public static IServiceCollection AddDiscovery(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<DiscoveryOptions>, DiscoveryOptionsValidator>();
        services.AddOptions<DiscoveryOptions>().BindConfiguration(DiscoveryOptions.Section).ValidateOnStart();
        services.AddHttpClient(AutoconfigDownload.ClientName).ConfigurePrimaryHttpMessageHandler(Guarded);
        return services.AddSingleton(Dns)
            .AddSingleton<KnownProviders>().AddSingleton<AutoconfigDownload>().AddSingleton<AutoconfigLookup>()
            .AddSingleton<SrvLookup>().AddSingleton<MxLookup>().AddSingleton<ServerDiscovery>();
    }

    public static void MapDiscovery(this IEndpointRouteBuilder routes) =>
        Discover.Map(routes.MapGroup("/v1/discovery").WithTags("Discovery").WithProblems(400, 422, 429));

    /// <summary>Connects only where the egress policy lets us, straight and without memory of earlier answers.</summary>
    private static SocketsHttpHandler Guarded(IServiceProvider services)
    {
        var (connector, trust) = (services.GetRequiredService<GuardedConnector>(), services.GetRequiredService<TlsTrust>());
        return new()
        {
            UseProxy = false, UseCookies = false, AllowAutoRedirect = false, // each redirect is checked by hand
            SslOptions = { RemoteCertificateValidationCallback = trust.Accepts },
            ConnectCallback = async (to, ct) =>
                new NetworkStream(await connector.ConnectAsync(to.DnsEndPoint.Host, to.DnsEndPoint.Port, ct), ownsSocket: true),
        };
    }

    private static ILookupClient Dns(IServiceProvider services)
    {
        var named = services.GetRequiredService<IOptions<DiscoveryOptions>>().Value.NameServers;
        var options = named.Length > 0 ? new LookupClientOptions([.. named.Select(IPEndPoint.Parse)]) : new LookupClientOptions();
        (options.Timeout, options.Retries, options.ThrowDnsErrors) = (TimeSpan.FromSeconds(2), 1, false);
        return new LookupClient(options);
    }
}
